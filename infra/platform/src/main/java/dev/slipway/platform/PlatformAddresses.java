package dev.slipway.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the parts of a platform really listen.
 *
 * @param kafka host:port
 * @param mongodb connection string without a database
 * @param smtp host:port
 * @param slack base URL
 */
public record PlatformAddresses(String kafka, String mongodb, String smtp, String slack) {
    private static final String FILE = "platform.json";

    public String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /** A reader sees the old file, none or the new one, never a half. */
    void writeTo(Path home) {
        Path unfinished = home.resolve(FILE + ".new");
        try {
            Files.writeString(unfinished, toJson() + "\n");
            Files.move(
                    unfinished,
                    home.resolve(FILE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw PlatformException.notWritable(home, e);
        }
    }

    /** Nothing listens there any more, so the file must not say so. */
    static void removeFrom(Path home) {
        try {
            Files.deleteIfExists(home.resolve(FILE));
        } catch (IOException e) {
            throw PlatformException.notWritable(home, e);
        }
    }
}
