# SPDX-License-Identifier: MIT
#
# conan create packaging/conan: the library, from the tree that this file lies in.
import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir


class Sbfota(ConanFile):
    name = "sbfota"
    license = "MIT"
    description = "SoftBank DFOTA messages of the Quectel BG96, from bytes to events and back"
    topics = ("modem", "at-commands", "fota", "quectel", "embedded")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "parser": ["goto", "table"]}
    default_options = {"shared": False, "fPIC": True, "parser": "goto"}
    implements = ["auto_shared_fpic"]
    languages = "C"

    @property
    def _tree(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._tree, "include", "sbfota", "sbfota.h"))
        self.version = header.split('#define SBFOTA_VERSION "')[1].split('"')[0]

    def export_sources(self):
        for folder in ("cmake", "docs", "gen", "grammar", "include", "man", "src"):
            copy(self, f"{folder}/*", self._tree, self.export_sources_folder, excludes=("*/__pycache__*",))
        for file in ("CMakeLists.txt", "sbfota.pc.in", "README.md", "CHANGELOG.md", "LICENSE"):
            copy(self, file, self._tree, self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["SBFOTA_BUILD_TOOL"] = False
        toolchain.cache_variables["SBFOTA_PARSER"] = str(self.options.parser)
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        # Conan makes its own of these.
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.libs = ["sbfota"]
        self.cpp_info.set_property("cmake_file_name", "sbfota")
        self.cpp_info.set_property("cmake_target_name", "sbfota::sbfota")
        self.cpp_info.set_property("pkg_config_name", "sbfota")
