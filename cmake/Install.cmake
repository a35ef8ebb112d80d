# cmake --install: both libraries, the headers, the command, its layout program, pkg-config file, CMake package, man page.
include(CMakePackageConfigHelpers)

install(TARGETS coopnet RUNTIME)
install(TARGETS coopnet-layout RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/coopnet)
install(TARGETS coopnet_shared EXPORT coopnet-targets LIBRARY)
install(TARGETS coopnet_static ARCHIVE)
install(DIRECTORY include/coopnet DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES docs/coopnet.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(DIRECTORY graphs DESTINATION ${CMAKE_INSTALL_DATADIR}/coopnet PATTERN broken EXCLUDE)

install(EXPORT coopnet-targets NAMESPACE coopnet:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/coopnet)
configure_package_config_file(cmake/coopnet-config.cmake.in coopnet-config.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/coopnet)
write_basic_package_version_file(coopnet-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/coopnet-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/coopnet-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/coopnet)

configure_file(cmake/coopnet.pc.in coopnet.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/coopnet.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
