"""Starting and watching everything on one machine: embedded servers, processes, their folders and sockets."""
