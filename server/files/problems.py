"""Refusals of the files domain."""

from server.kit.problems import Problem


class FileTypeRefused(Problem):
    status = 415
    code = "file_type_refused"
    title = "Only PDF files are kept here."


class FileTooLarge(Problem):
    status = 413
    code = "file_too_large"
    title = "This file is larger than 10 MB."
