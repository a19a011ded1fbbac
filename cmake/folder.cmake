# truce_test_options(PROGRAM): what all test programs are compiled with. Their own sources are
# compiled with less optimisation than what they test: that takes two thirds of the time.
function(truce_test_options program)
  target_compile_options(${program} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# truce_folder(NAME DEPENDS folders... LIBRARIES libraries...)
#
# One folder of src/ is one static library, truce_NAME. Its tests lie beside their files
# (*_test.cpp) and make one program, truce_NAME_test.
function(truce_folder name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(truce_${name} STATIC ${sources})
    set(visibility PUBLIC)
  else()
    add_library(truce_${name} INTERFACE)
    set(visibility INTERFACE)
  endif()
  target_include_directories(truce_${name} ${visibility} ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM ARG_DEPENDS PREPEND truce_)
  target_link_libraries(truce_${name} ${visibility} ${ARG_DEPENDS} ${ARG_LIBRARIES})
  if(TRUCE_TESTS AND tests)
    add_executable(truce_${name}_test ${tests})
    target_link_libraries(truce_${name}_test PRIVATE truce_${name} GTest::gtest_main GTest::gmock rapidcheck)
    truce_test_options(truce_${name}_test)
    add_test(NAME ${name} COMMAND truce_${name}_test)
  endif()
endfunction()
