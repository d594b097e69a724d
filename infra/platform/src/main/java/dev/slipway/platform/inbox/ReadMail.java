package dev.slipway.platform.inbox;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a mail says, taken out of its MIME parts. */
record ReadMail(
        String from,
        @Nullable String subject,
        String text,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        List<String> references,
        Map<String, String> headers) {
    private static final int TEXT_CHARS_MAX = 64 * 1024;
    private static final int HEADERS_MAX = 32;
    private static final int PARTS_DEPTH_MAX = 8;
    private static final String OWN_HEADER = "x-slipway-";

    static ReadMail of(MimeMessage message, String returnPath) {
        try {
            Address[] from = message.getFrom();
            String text = text(message, PARTS_DEPTH_MAX).orElse("");
            return new ReadMail(
                    from == null || from.length == 0 ? returnPath : from[0].toString(),
                    message.getSubject(),
                    text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX)),
                    message.getMessageID(),
                    message.getHeader("In-Reply-To", ","),
                    words(message.getHeader("References", " ")),
                    ownHeaders(message));
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail that cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Email email(long seq, List<String> to, Instant at) {
        return new Email(seq, from, to, subject, text, messageId, inReplyTo, references, headers, at, null);
    }

    private static Optional<String> text(Part part, int depth) throws MessagingException, IOException {
        if (depth == 0) {
            return Optional.empty();
        }
        if (part.getContent() instanceof Multipart parts) {
            return text(parts, depth);
        }
        return part.getContent() instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The plain text wherever it stands, else the first text that is found. */
    private static Optional<String> text(Multipart parts, int depth) throws MessagingException, IOException {
        Optional<String> first = Optional.empty();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            Optional<String> found = text(part, depth - 1);
            if (found.isPresent() && part.isMimeType("text/plain")) {
                return found;
            }
            first = first.or(() -> found);
        }
        return first;
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static Map<String, String> ownHeaders(MimeMessage message) throws MessagingException {
        Map<String, String> own = new TreeMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            if (header.getName().toLowerCase(Locale.ROOT).startsWith(OWN_HEADER) && own.size() < HEADERS_MAX) {
                own.put(header.getName(), header.getValue());
            }
        }
        return own;
    }
}
