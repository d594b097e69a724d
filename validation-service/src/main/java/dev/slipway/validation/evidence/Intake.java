package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of some files is read, and what is passed over and why. The service takes reports in with it, and a command line
 * says with it offline what the service would say.
 *
 * <p>A file that someone named is read, whatever it is. Of a folder, a pattern or an archive are passed over: what is by its
 * root no report of the kind; TestNG's {@code junitreports} beside {@code TEST-*.xml}, and Ant's {@code
 * TESTS-TestSuites.xml} beside them, which tell the same again; and the same bytes a second time. One file that cannot be
 * read refuses all.
 */
public final class Intake {
    private static final String TWICE = "junitreports";
    private static final String SUM = "TESTS-TestSuites.xml";

    /**
     * A file that was read.
     *
     * @param counts which facts of it count beside those of the files before it
     */
    public record Read(String file, Digest digest, Reading reading, Facts counts) {}

    /** A file that was not, and why, in words for people. */
    public record PassedOver(String file, String why) {}

    /** What came of all files. */
    public record Result(List<Read> read, List<PassedOver> passedOver) {
        public Result {
            read = List.copyOf(read);
            passedOver = List.copyOf(passedOver);
        }

        public Facts facts() {
            return Facts.together(read.stream().map(Read::counts).toList());
        }
    }

    private final EvidenceReader reader;

    public Intake(EvidenceReader reader) {
        this.reader = reader;
    }

    /**
     * @param arrival when they came: what they state of a time after that was stated then
     * @throws UnreadableEvidence if one that must be read cannot be, or if none is left to read
     */
    public Result read(EvidenceFiles files, Instant arrival) throws UnreadableEvidence {
        List<PassedOver> passedOver = new ArrayList<>();
        List<Read> read = new ArrayList<>();
        chosen(files, passedOver).each((name, named, content) -> {
            try {
                Reading reading = reader.read(content, name).arrived(arrival);
                read.add(new Read(name, Digest.of(content), reading, reading.facts()));
            } catch (UnreadableEvidence unreadable) {
                throw unreadable.in(name);
            }
        });
        if (read.isEmpty()) {
            throw new UnreadableEvidence(none(passedOver));
        }
        return new Result(counting(read), passedOver);
    }

    private static List<Read> counting(List<Read> read) {
        List<Facts> counting =
                Coverage.counting(read.stream().map(Read::reading).toList());
        List<Read> counted = new ArrayList<>();
        for (Read one : read) {
            counted.add(new Read(one.file(), one.digest(), one.reading(), counting.get(counted.size())));
        }
        return counted;
    }

    private String none(List<PassedOver> passedOver) {
        return passedOver.isEmpty()
                ? "There is no file in it"
                : "None of it is a %s report: %s is %s"
                        .formatted(
                                reader.kind(),
                                passedOver.getFirst().file(),
                                passedOver.getFirst().why());
    }

    /**
     * Those that are read.
     *
     * @param passedOver gets the others
     */
    public EvidenceFiles chosen(EvidenceFiles files, List<PassedOver> passedOver) throws UnreadableEvidence {
        Set<String> beside = new HashSet<>();
        files.each((name, _, _) -> {
            if (file(name).matches("TEST-.*\\.xml")) {
                beside.add(folder(name));
            }
        });
        List<Boolean> chosen = new ArrayList<>();
        Map<Digest, String> seen = new HashMap<>();
        files.each((name, named, content) -> {
            String why = named ? null : tellsAgain(name, beside);
            why = why == null && !named ? reader.somethingElse(content) : why;
            String first = why == null ? seen.putIfAbsent(Digest.of(content), name) : null;
            why = first == null ? why : "the same bytes as " + first;
            chosen.add(why == null);
            if (why != null) {
                passedOver.add(new PassedOver(name, why));
            }
        });
        return visitor -> {
            int[] place = {0};
            files.each((name, named, content) -> {
                if (chosen.get(place[0]++)) {
                    visitor.visit(name, named, content);
                }
            });
        };
    }

    private static @Nullable String tellsAgain(String name, Set<String> beside) {
        String folder = folder(name);
        if (file(name).equals(SUM) && beside.contains(folder)) {
            return "the sum of the TEST-*.xml beside it";
        }
        for (String at = folder; !at.isEmpty(); at = folder(at)) {
            if (file(at).equals(TWICE) && beside.contains(folder(at))) {
                return "told by the TEST-*.xml beside " + TWICE + " already";
            }
        }
        return null;
    }

    private static String file(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String folder(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }
}
