"""What window and command line decide alike: states, what is shown, what may be pressed. No toolkit, no threads."""
