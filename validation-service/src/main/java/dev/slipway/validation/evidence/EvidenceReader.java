package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one kind of report. A further kind is a further reader in {@link EvidenceReaders#shipped}; nothing else changes. */
public interface EvidenceReader {
    /** The kind as it stands in {@code ?kind=} and in a gate's {@code evidence}, for example {@code junit}. */
    String kind();

    /**
     * What the report says. The same bytes always say the same.
     *
     * @param name of the file, for people; no number depends on it
     * @throws UnreadableEvidence if it is not such a report, says what the reader does not know where that would count,
     *     or is larger or deeper than a limit
     */
    Reading read(byte[] report, String name) throws UnreadableEvidence;

    /**
     * Whether the bytes are meant to be a report of this kind, by how they begin. A folder's files that are meant to be
     * something else are passed over; one that cannot be told stays, to be refused by {@link #read}.
     *
     * @return what they are instead, in words for people, or null if they are a report or nobody can say
     */
    @Nullable
    String somethingElse(byte[] report);

    /**
     * Whether these are surely meant to be a report of this kind and no other, by how they begin: then nobody needs to say
     * the kind.
     */
    boolean recognises(byte[] report);

    /** Every fact that its reports may say, for the published table. */
    List<KnownFact> facts();

    /** How its reports are compared with those of the last verified release; nothing where they are not. */
    default Optional<Comparing> comparing() {
        return Optional.empty();
    }

    /** How its reports are held against the artifacts that are released; nothing where they do not speak of them. */
    default Optional<Covering> covering() {
        return Optional.empty();
    }

    /** How the tests of its reports are told by name; nothing where they do not speak of tests. */
    default Optional<NamingTests> namingTests() {
        return Optional.empty();
    }

    /** Whether the bytes are a whole document by their form; one that is still being written is not. */
    boolean isWhole(byte[] report);

    /** A report that does not say what its kind must say. The message is for whoever sent it, and can be shown in one line. */
    final class UnreadableEvidence extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        public UnreadableEvidence(String message) {
            super(Texts.visible(message, '\uFFFD'));
            this.line = 0;
            this.column = 0;
        }

        /** @param line from 1, told in the message as the column is */
        public UnreadableEvidence(String message, int line, int column) {
            super(Texts.visible("%s, at line %d, column %d".formatted(message, line, column), '\uFFFD'));
            this.line = line;
            this.column = column;
        }

        private UnreadableEvidence(String message, UnreadableEvidence same) {
            super(Texts.visible(message, '\uFFFD'));
            this.line = same.line;
            this.column = same.column;
        }

        /** 0 where no line is meant. */
        public int line() {
            return line;
        }

        /** 0 where no column is meant. */
        public int column() {
            return column;
        }

        /** The same of a file among others. */
        UnreadableEvidence in(String file) {
            return new UnreadableEvidence("%s: %s".formatted(file, getMessage()), this);
        }
    }
}
