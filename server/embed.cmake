# Writes files as C: cmake -DOUTPUT=embedded_files.c "-DFILES=name=path;name=path" -P embed.cmake
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
file(WRITE ${OUTPUT} "#include \"embedded.h\"\n\n${arrays}\n"
                     "const EmbeddedFile EMBEDDED_FILES[] = {\n${rows}};\n"
                     "const uint32_t EMBEDDED_FILE_COUNT = ${count};\n")
