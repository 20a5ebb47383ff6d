"""What the user says about articles beside their files: tables of metadata, settings of folders, values set by hand."""
