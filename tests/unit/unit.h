// What every unit test includes: cmocka with the headers it asks for.
#ifndef RACEWISE_UNIT_H
#define RACEWISE_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
