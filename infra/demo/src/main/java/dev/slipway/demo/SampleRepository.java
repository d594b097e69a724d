package dev.slipway.demo;

import static dev.slipway.demo.SampleSources.CHANGELOG_FILE;

import dev.slipway.demo.SampleSources.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The sample's bare Git repository, with the branches {@code production}, where versions are made, and {@code main}, into
 * which Slipway merges what was released. Every version is a few commits on {@code production} with Conventional Commits
 * messages; {@code main} is never touched here after the first commit.
 *
 * <p>History goes on from whatever is there: a healthy version after a faulty one reverts the fault, a faulty one brings
 * it in by two commits that look like an improvement.
 */
public final class SampleRepository {
    public static final String SOURCE_BRANCH = "production";
    public static final String TARGET_BRANCH = "main";

    private static final Pattern SEMVER =
            Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    private final Path path;

    private SampleRepository(Path path) {
        this.path = path;
    }

    /** Where the repository of the sample is, which need not exist yet; absolute from here on. */
    public static SampleRepository at(Path bareRepository) {
        return new SampleRepository(bareRepository.toAbsolutePath().normalize());
    }

    public Path path() {
        return path;
    }

    /**
     * Brings the {@code production} branch to a version, making the repository where there is none.
     *
     * <p>Asked again for the version that the branch already has, it commits nothing.
     *
     * @param version by Semantic Versioning, without a leading v
     * @param at what the commits are dated
     * @return the full sha of the branch's head
     * @throws IllegalStateException if someone else moved the branch meanwhile; trying again helps
     * @throws UncheckedIOException if the repository cannot be read or written
     */
    public String commitVersion(String version, Behaviour behaviour, Person author, Person committer, Instant at) {
        if (!SEMVER.matcher(version).matches()) {
            throw new IllegalArgumentException("not a version by semver.org: '" + version + "'");
        }
        try {
            GitFiles git = GitFiles.bare(path, TARGET_BRANCH);
            Signatures signatures = new Signatures(ident(author, at), ident(committer, at));
            startBranches(git, signatures);
            String head = git.head(SOURCE_BRANCH).orElseThrow();
            for (Change change : changesTo(version, behaviour, git.read(head))) {
                head = git.commit(SOURCE_BRANCH, change.files(), change.message(), signatures);
            }
            return head;
        } catch (IOException broken) {
            throw new UncheckedIOException("the sample's repository " + path + " cannot be used", broken);
        }
    }

    /** Heals what an interrupted first use left, too. */
    private static void startBranches(GitFiles git, Signatures signatures) throws IOException {
        if (git.head(TARGET_BRANCH).isEmpty()) {
            git.commit(TARGET_BRANCH, SampleSources.start(), "chore: start the hello service", signatures);
        }
        if (git.head(SOURCE_BRANCH).isEmpty()) {
            git.branch(SOURCE_BRANCH, git.head(TARGET_BRANCH).orElseThrow());
        }
    }

    private static List<Change> changesTo(String version, Behaviour behaviour, Map<String, String> tree) {
        List<Change> changes = new ArrayList<>();
        Stage stage = SampleSources.stageOf(tree);
        if (stage == Stage.EMPTY) {
            changes.add(new Change("feat: greet by name over HTTP", SampleSources.plain()));
        }
        if (stage != Stage.EMPTY && !SampleSources.isExamined(tree)) {
            changes.add(EXAMINED);
        }
        switch (behaviour) {
            case HEALTHY -> {
                if (stage == Stage.BROKEN) {
                    changes.add(REVERT);
                }
            }
            case FAULTY -> {
                if (stage == Stage.EMPTY || stage == Stage.PLAIN) {
                    changes.add(CACHE);
                }
                if (stage != Stage.BROKEN) {
                    changes.add(WIDEN);
                }
            }
        }
        if (!changes.isEmpty() || !version.equals(SampleSources.versionOf(tree))) {
            changes.add(release(version, changes, tree.getOrDefault(CHANGELOG_FILE, "")));
        }
        return changes;
    }

    private static final Change EXAMINED =
            new Change("build: look at style, parts and speed", SampleSources.examined());

    private static final Change CACHE =
            new Change("perf: keep greetings ready in a striped cache", SampleSources.withCache());

    private static final Change WIDEN = new Change("""
            perf: spread the kept greetings over ten stripes

            With seven, requests still waited for each other under load.
            """, SampleSources.withWidenedCache());

    private static final Change REVERT = new Change("""
            revert: keep greetings ready in a striped cache

            Three in ten greetings failed: the stripes that were added are never filled.
            """, SampleSources.withoutCache());

    private static Change release(String version, List<Change> changes, String changelog) {
        StringBuilder entry =
                new StringBuilder("# Changelog\n\n## ").append(version).append('\n');
        changes.forEach(change -> entry.append("- ").append(change.title()).append('\n'));
        Map<String, String> files = new LinkedHashMap<>(SampleSources.withVersion(version));
        files.put(CHANGELOG_FILE, entry + changelog.replaceFirst("^# Changelog\n", ""));
        return new Change("chore(release): " + version, files);
    }

    /** As a commit has it. */
    private static String ident(Person person, Instant at) {
        return "%s <%s> %d +0000".formatted(person.name(), person.email(), at.getEpochSecond());
    }

    record Signatures(String author, String committer) {}

    private record Change(String message, Map<String, String> files) {
        Change {
            files = Map.copyOf(files);
        }

        String title() {
            return message.lines().findFirst().orElseThrow();
        }
    }
}
