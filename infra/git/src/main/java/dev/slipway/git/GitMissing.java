package dev.slipway.git;

/** There is no git program that will do. The message names the package to install. */
public final class GitMissing extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public GitMissing(String found) {
        super(
                "Slipway needs the git program, %s or newer, on the PATH; %s. Install the package git (apt-get install git,"
                                .formatted(GitProgram.LEAST, found)
                        + " dnf install git, apk add git, brew install git).");
    }
}
