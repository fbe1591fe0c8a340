"""Files that get another name."""

import os
import shutil

__all__ = ["file_move_safe"]


def file_move_safe(old_file_name, new_file_name, chunk_size=64 * 1024, allow_overwrite=False):
    """Moves a file, to another file system too; a FileExistsError where there is one, unless it may be overwritten."""
    if os.path.exists(new_file_name) and os.path.samefile(old_file_name, new_file_name):
        return
    if not allow_overwrite and os.access(new_file_name, os.F_OK):
        raise FileExistsError(f"Destination file {new_file_name} exists and allow_overwrite is False.")
    shutil.move(old_file_name, new_file_name)
