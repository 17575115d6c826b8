"""No test may touch the key store of whoever runs it: keys go into files beside the stores of the tests."""

import os

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
