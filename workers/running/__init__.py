"""Starting and watching everything on one machine: embedded servers, processes, sentences when it cannot be."""
