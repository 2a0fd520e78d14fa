# Writes files as a table of C: cmake -DOUTPUT=files.c -DTABLE=FILES "-DFILES=name=path;name=path" -P embed.cmake
set(arrays "")
set(rows "")
set(count 0)
foreach(entry ${FILES})
  string(REGEX MATCH "^([^=]+)=(.+)$" matched ${entry})
  set(name ${CMAKE_MATCH_1})
  file(READ ${CMAKE_MATCH_2} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "static const char FILE_${count}[] = {${bytes}0};\n")
  string(APPEND rows "  {\"${name}\", FILE_${count}, sizeof FILE_${count} - 1},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"base/embedded.h\"\n\n${arrays}\n"
                     "const EmbeddedFile ${TABLE}[] = {\n${rows}};\n"
                     "const uint32_t ${TABLE}_COUNT = ${count};\n")
