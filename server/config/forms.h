// The files that may hold a configuration. Internal to this folder.
#ifndef RACEWISE_CONFIG_FORMS_H
#define RACEWISE_CONFIG_FORMS_H

// Their names, the first of a folder that speaks to Racewise counts. NULL past the last.
const char *config_file_name(int index);

#endif
