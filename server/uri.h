// The file that a URI names.
#ifndef RACEWISE_SERVER_URI_H
#define RACEWISE_SERVER_URI_H

// The absolute path of a "file:" URI of this machine (RFC 8089), unescaped; NULL of any other. Free with free().
char *uri_path(const char *uri);

// The URI of an absolute path, escaped as VS Code does it. Free with free().
char *path_uri(const char *path);

#endif
