"""Contents of messages, by what they are about: the values of their placeholders, and the page they lead to."""
