// The file that a URI names.
#ifndef RACEWISE_SERVER_URI_H
#define RACEWISE_SERVER_URI_H

// The absolute path of a "file:" URI of this machine (RFC 8089), unescaped; NULL of any other. Free with free().
char *uri_path(const char *uri);

#endif
