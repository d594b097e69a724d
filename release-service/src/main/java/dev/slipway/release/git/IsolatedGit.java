package dev.slipway.release.git;

import java.io.IOException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps JGit from reading this machine's and this user's configuration, and from running git to find out where it is. */
final class IsolatedGit extends SystemReader.Delegate {
    private IsolatedGit(SystemReader machine) {
        super(machine);
    }

    static void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedGit)) {
            SystemReader.setInstance(new IsolatedGit(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    private static final class Nothing extends FileBasedConfig {
        @SuppressWarnings("NullAway") // JGit's own form of a configuration without a file
        Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() throws IOException, ConfigInvalidException {
            // there is nothing to read
        }

        @Override
        public void save() {
            // and nothing to write
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
