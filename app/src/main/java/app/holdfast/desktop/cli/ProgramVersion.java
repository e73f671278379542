package app.holdfast.desktop.cli;

import picocli.CommandLine.IVersionProvider;

/// The version the jar was built as; a checkout has none.
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String built = ProgramVersion.class.getPackage().getImplementationVersion();
        return new String[] {"holdfast " + (built == null ? "(not packaged)" : built)};
    }
}
