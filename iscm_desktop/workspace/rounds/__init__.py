"""Survey waves: who is asked, and with which invitation."""
