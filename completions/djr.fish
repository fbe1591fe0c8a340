complete --keep-order --exclusive --command djr --arguments "(COMPLETE=fish djr -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
