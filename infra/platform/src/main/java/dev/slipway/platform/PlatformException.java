package dev.slipway.platform;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The platform cannot start or go on. The message is one line that says what is wrong and what the reader can do. */
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlatformException(String what, String remedy) {
        this(what, remedy, null);
    }

    public PlatformException(String what, String remedy, @Nullable Throwable cause) {
        super(what + ": " + remedy, cause);
    }

    static PlatformException notWritable(Path directory, Exception cause) {
        return new PlatformException(
                "cannot write to " + directory, "make sure that it is writable and its disk has room", cause);
    }
}
