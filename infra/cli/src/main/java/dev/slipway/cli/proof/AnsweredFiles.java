package dev.slipway.cli.proof;

import dev.slipway.chain.Link;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Files that stand with answers, as the records name them, held against the bytes that are kept. */
public final class AnsweredFiles {
    private AnsweredFiles() {}

    /**
     * A file that a record names.
     *
     * @param record position of the first record that does, from 1
     */
    public record Named(long record, String duty, String name, Digest digest, long bytes) {
        private String text() {
            return "file %s of duty %s".formatted(Texts.shown(name), duty);
        }
    }

    /**
     * What came of it.
     *
     * @param said for people, in one line; null where no record names one
     */
    record Found(@Nullable String said, List<String> faults) {}

    /** Each content once, in the order of digests. */
    public static List<Named> of(Bundle bundle) {
        SortedMap<Digest, Named> all = new TreeMap<>();
        long position = 0;
        for (Link link : bundle.proof().records()) {
            position++;
            for (JsonNode answer : link.record().path("set").path("duties")) {
                for (JsonNode file : answer.at("/said/files")) {
                    Named named = new Named(
                            position,
                            answer.path("duty").asString(""),
                            file.path("name").asString(""),
                            new Digest(file.path("digest").asString("")),
                            file.path("bytes").asLong(0));
                    all.putIfAbsent(named.digest(), named);
                }
            }
        }
        return List.copyOf(all.values());
    }

    /** @param kept the bytes under a digest, whatever they are; nothing where none are kept */
    static Found check(Bundle bundle, Function<Digest, Optional<byte[]>> kept) {
        List<Named> named;
        try {
            named = of(bundle);
        } catch (IllegalArgumentException unreadable) {
            return new Found("not gone over", List.of("which files stand with answers cannot be read in the record"));
        }
        if (named.isEmpty()) {
            return new Found(null, List.of());
        }
        boolean wentByRule = bundle.kept().path("evidence").isObject();
        List<String> faults = new ArrayList<>();
        int agree = 0;
        int gone = 0;
        for (Named file : named) {
            Optional<byte[]> bytes = kept.apply(file.digest());
            if (bytes.isEmpty() && wentByRule) {
                gone++;
                continue;
            }
            Optional<String> fault = fault(file, bytes.orElse(null));
            fault.map(what -> "record %d: %s".formatted(file.record(), what)).ifPresent(faults::add);
            agree += fault.isEmpty() ? 1 : 0;
        }
        return new Found(said(named.size(), agree, gone), faults);
    }

    private static Optional<String> fault(Named file, byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.of("%s is not kept, and no record says that retention let it go".formatted(file.text()));
        }
        Digest digest = Digest.of(bytes);
        if (!digest.equals(file.digest())) {
            return Optional.of(
                    "%s is not what was answered: what is kept has digest %s".formatted(file.text(), digest));
        }
        return bytes.length == file.bytes()
                ? Optional.empty()
                : Optional.of("%s has %d bytes, its answer says %d".formatted(file.text(), bytes.length, file.bytes()));
    }

    private static String said(int all, int agree, int gone) {
        return "%d of %s kept, bytes as their answers say%s"
                .formatted(
                        agree,
                        Texts.counted(all, "file", "files"),
                        gone == 0 ? "" : "; %d went by retention".formatted(gone));
    }
}
