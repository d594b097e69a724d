package dev.slipway.validation.evidence.stability;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.NamingTests;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hears of the tests of one push. A name that comes more than once passed where none of them failed: a report may tell the
 * same test of several platforms.
 */
public final class TestNames implements NamingTests.Each {
    private static final int CHARACTERS_MAX = 200;
    private static final int HASH_CHARACTERS = 8;

    private final int namesMax;
    private final Set<String> wanted;
    private final Set<String> failed = new LinkedHashSet<>();
    private final Set<String> flaky = new LinkedHashSet<>();
    private final Set<String> passed = new HashSet<>();
    private long beyond;

    /**
     * Nothing was heard yet.
     *
     * @param namesMax how many of those that did not simply pass are remembered
     * @param wanted which of those that passed are, and which of the others in any case
     */
    public TestNames(int namesMax, Set<String> wanted) {
        this.namesMax = namesMax;
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public void ended(String test, Outcome outcome) {
        String name = brief(test);
        switch (outcome) {
            case PASSED -> {
                if (wanted.contains(name)) {
                    passed.add(name);
                }
            }
            case FLAKY -> remember(name, flaky);
            case FAILED, ERRORED -> remember(name, failed);
            case SKIPPED, EXPECTED, DISABLED, WARNED -> {
                // neither passed nor failed
            }
        }
    }

    private void remember(String name, Set<String> names) {
        boolean room = failed.size() + flaky.size() < namesMax || wanted.contains(name);
        if (room || failed.contains(name) || flaky.contains(name)) {
            names.add(name);
        } else {
            beyond++;
        }
    }

    public List<String> failed() {
        return List.copyOf(failed);
    }

    public List<String> flaky() {
        return List.copyOf(flaky);
    }

    /** How many more are not remembered. */
    public long beyond() {
        return beyond;
    }

    public boolean passed(String test) {
        return passed.contains(test) && !failed.contains(test);
    }

    /** A long name keeps what tells it from others. */
    private static String brief(String test) {
        if (test.length() <= CHARACTERS_MAX) {
            return test;
        }
        String hash = Digest.of(test.getBytes(StandardCharsets.UTF_8)).hex().substring(0, HASH_CHARACTERS);
        return test.substring(0, CHARACTERS_MAX - HASH_CHARACTERS - 1) + "…" + hash;
    }
}
