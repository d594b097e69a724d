package dev.slipway.guide;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A guide's file, within bounds: 1 MB (1,000,000 bytes) and 5,000 lines of UTF-8 text. */
public final class GuideFile {
    public static final int BYTES_MAX = 1_000_000;
    public static final int LINES_MAX = 5_000;

    private GuideFile() {}

    /** @throws IllegalArgumentException if it cannot be a guide; the message names the limit and what to do */
    public static Guide read(Path file) throws IOException {
        return parse(String.valueOf(file.getFileName()), text(file));
    }

    /** Markdown, or an issue form where the name ends in .yml or .yaml. */
    public static Guide parse(String name, String text) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yml") || lower.endsWith(".yaml")
                ? FormReader.read(name, text)
                : MarkdownReader.read(name, text);
    }

    /** Its text, that begins with no mark of byte order. */
    public static String text(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file %s: give the path of a guide".formatted(file));
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "%s is no file: give the path of a guide in Markdown or YAML".formatted(file));
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        }
        return text(file.toString(), bytes);
    }

    /**
     * The same of what was read elsewhere.
     *
     * @param file as it is named in messages
     * @throws IllegalArgumentException if it cannot be a guide; the message names the limit and what to do
     */
    public static String text(String file, byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("%s has more than %,d bytes, the most that is read: give the guide alone"
                    .formatted(file, BYTES_MAX));
        }
        return lines(file, decoded(file, bytes));
    }

    /** By which it is known again: of its text with line feeds alone between lines, as checkouts differ in that. */
    public static String sha256(String text) {
        try {
            byte[] plain = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain));
        } catch (NoSuchAlgorithmException always) {
            throw new IllegalStateException("every Java has SHA-256", always);
        }
    }

    private static String decoded(String file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException notText) {
            // said below
        }
        throw new IllegalArgumentException("%s is no text in UTF-8: a guide is Markdown or YAML".formatted(file));
    }

    private static String lines(String file, String text) {
        long lines = text.lines().count();
        if (lines > LINES_MAX) {
            throw new IllegalArgumentException("%s has %,d lines, and at most %,d are read: give the guide alone"
                    .formatted(file, lines, LINES_MAX));
        }
        return text;
    }
}
