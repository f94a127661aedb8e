package dev.catamaran.tool.command;

import picocli.CommandLine;

/** The version the build wrote into the jar. */
final class ToolVersion implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return new String[] {"catamaran " + (version == null ? "(not from a jar)" : version)};
    }
}
