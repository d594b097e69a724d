package dev.slipway.cli.shell;

/** How a command ends. DESIGN section 8. */
public enum ExitCode {
    OK(0),
    /** The release did not make it, or the machine's Slipway is not as it should be. */
    FAILED(1),
    /** The command line, or what it asks for, makes no sense. */
    USAGE(2),
    /** Slipway does not answer. */
    UNREACHABLE(3);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
