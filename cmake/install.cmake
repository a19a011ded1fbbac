# What `cmake --install` puts where, and the .deb that `cpack -G DEB` makes of it.
include(GNUInstallDirs)

# Man pages and completions come from the program's own manual.
set(manual_folder ${PROJECT_BINARY_DIR}/manual)
add_custom_command(
  OUTPUT ${manual_folder}/stamp
  COMMAND truce_manual ${manual_folder}
  COMMAND ${CMAKE_COMMAND} -E touch ${manual_folder}/stamp
  DEPENDS truce_manual
  VERBATIM)
add_custom_target(manual ALL DEPENDS ${manual_folder}/stamp)

install(TARGETS truce RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${manual_folder}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${manual_folder}/bash/truce
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${manual_folder}/zsh/_truce DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${manual_folder}/fish/truce.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/formats DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY examples/joint-implementation-group
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  PATTERN "out" EXCLUDE)

set(CPACK_PACKAGE_NAME truce)
set(CPACK_PACKAGE_VENDOR "Truce")
set(CPACK_PACKAGE_CONTACT "The Truce project <truce@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "supervises a ceasefire: what was agreed, what was seen, what follows")
set(CPACK_PACKAGE_DESCRIPTION
  "Truce reads an agreement as data and what was seen of the sky, and says which flights broke which
term, which were excepted, which are only possible, and what nobody watched, each with its reasons
and its evidence. It runs on a laptop, without a network.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The geoid of `truce check --lock`, and the zones of agreements.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "proj-data, tzdata")
include(CPack)
