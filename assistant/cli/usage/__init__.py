"""How the command line is used: its groups and their help, questions as they are typed, conversations that go on."""
