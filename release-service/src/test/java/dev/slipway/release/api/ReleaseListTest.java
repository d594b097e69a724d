package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReleaseListTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final ApiSettings SETTINGS = new ApiSettings(1_000, 2, 4, 3, 6, 50, Duration.ofSeconds(1));
    private static final ReleaseList.Filter ALL = new ReleaseList.Filter(null, null);

    private final Stored stored = new Stored();
    private final ReleaseList list = new ReleaseList(stored, SETTINGS);

    /** Releases as they were put here. */
    private static final class Stored implements Aggregates<Dossier, ReleaseInput> {
        final List<Snapshot<Dossier>> live = new ArrayList<>();
        final List<Snapshot<Dossier>> finished = new ArrayList<>(); // latest end first
        int looked;

        @Override
        public Outcome<Dossier> submit(String id, ReleaseInput input, Cause cause) {
            throw new UnsupportedOperationException("A list only reads");
        }

        @Override
        public Optional<Snapshot<Dossier>> find(String id) {
            return live.stream().filter(each -> each.id().equals(id)).findFirst();
        }

        @Override
        public List<Snapshot<Dossier>> live(@Nullable String afterId, int limit) {
            return live.stream()
                    .filter(each -> afterId == null || each.id().compareTo(afterId) > 0)
                    .sorted(Comparator.comparing(Snapshot::id))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Snapshot<Dossier>> between(String above, String below, int limit) {
            throw new UnsupportedOperationException("A list reads from its beginning");
        }

        @Override
        public List<Snapshot<Dossier>> finished(@Nullable String afterId, int limit) {
            int from = 0;
            for (int i = 0; i < finished.size(); i++) {
                if (finished.get(i).id().equals(afterId)) {
                    from = i + 1;
                }
            }
            List<Snapshot<Dossier>> page =
                    finished.stream().skip(from).limit(limit).toList();
            looked += page.size();
            return page;
        }

        @Override
        public List<JournalEntry> journal(String id) {
            return List.of();
        }

        @Override
        public Chained chained(String id) {
            throw new UnsupportedOperationException("A list shows no proof");
        }
    }

    /** A release proposed so many seconds after the start. */
    private static Aggregates.Snapshot<Dossier> release(String id, int second, boolean finished) {
        Instant at = START.plusSeconds(second);
        Dossier dossier = EndedReleases.of(EndedReleases.launch(id, at), ReleasePhase.COMPLETED, at);
        return new Aggregates.Snapshot<>(id, dossier, 1, at, at, finished);
    }

    private void live(String id, int second) {
        stored.live.add(release(id, second, false));
    }

    private void finished(String... ids) {
        for (String id : ids) {
            stored.finished.add(release(id, 0, true));
        }
    }

    private static List<String> ids(ReleaseView.Page page) {
        return page.releases().stream().map(view -> view.id().value()).toList();
    }

    private List<String> all(ReleaseList.Filter filter, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        for (int pages = 0; pages < 50; pages++) {
            ReleaseView.Page page = list.page(filter, cursor, limit);
            assertThat(page.releases()).hasSizeLessThanOrEqualTo(limit);
            ids.addAll(ids(page));
            cursor = page.cursor();
            if (cursor == null) {
                return ids;
            }
        }
        throw new AssertionError("The list has no end: " + ids);
    }

    @Test
    void no_releases_are_an_empty_page_without_a_cursor() {
        ReleaseView.Page page = list.page(ALL, null, 2);

        assertThat(page.releases()).isEmpty();
        assertThat(page.cursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void pages_of_any_size_show_each_release_once_newest_first_those_on_their_way_before_the_ended(int limit) {
        live("a@1.0.0", 1);
        live("c@1.0.0", 3);
        live("b@1.0.0", 3);
        finished("z@1.0.0", "y@1.0.0", "x@1.0.0", "w@1.0.0", "v@1.0.0");

        assertThat(all(ALL, limit))
                .containsExactly(
                        "c@1.0.0", "b@1.0.0", "a@1.0.0", "z@1.0.0", "y@1.0.0", "x@1.0.0", "w@1.0.0", "v@1.0.0");
    }

    @Test
    void however_many_are_on_their_way_none_is_left_out() {
        for (int i = 0; i < 25; i++) {
            live("a@1." + i + ".0", i);
        }

        assertThat(all(ALL, 4)).hasSize(25).doesNotHaveDuplicates().startsWith("a@1.24.0", "a@1.23.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void a_filter_leaves_out_the_others_and_still_comes_to_the_end(int limit) {
        live("a@1.0.0", 1);
        live("b@1.0.0", 2);
        for (int i = 0; i < 20; i++) {
            finished("b@2." + i + ".0");
        }
        finished("a@0.9.0");

        assertThat(all(new ReleaseList.Filter("a", null), limit)).containsExactly("a@1.0.0", "a@0.9.0");
        assertThat(all(new ReleaseList.Filter("nobody", null), limit)).isEmpty();
        assertThat(all(new ReleaseList.Filter(null, ReleasePhase.ABORTED), limit))
                .isEmpty();
        assertThat(all(new ReleaseList.Filter("a", ReleasePhase.COMPLETED), limit))
                .hasSize(2);
    }

    @Test
    void a_filtered_page_looks_at_no_more_than_its_bound_and_says_where_to_go_on() {
        for (int i = 0; i < 20; i++) {
            finished("b@2." + i + ".0");
        }

        ReleaseView.Page page = list.page(new ReleaseList.Filter("a", null), null, 2);

        assertThat(page.releases()).isEmpty();
        assertThat(page.cursor()).isNotNull();
        assertThat(stored.looked).isLessThanOrEqualTo(SETTINGS.scanMax() + SETTINGS.pageMax());
    }

    @Test
    void a_release_that_ends_between_two_pages_is_not_lost() {
        live("a@1.0.0", 1);
        live("b@1.0.0", 2);
        live("c@1.0.0", 3);
        ReleaseView.Page first = list.page(ALL, null, 2);

        stored.finished.add(release("b@1.0.0", 2, true));
        stored.finished.add(release("a@1.0.0", 1, true));
        stored.live.removeIf(each -> !each.id().equals("c@1.0.0"));
        ReleaseView.Page second = list.page(ALL, first.cursor(), 4);

        assertThat(ids(first)).containsExactly("c@1.0.0", "b@1.0.0");
        assertThat(ids(second)).contains("a@1.0.0");
    }

    @Test
    void a_release_that_was_never_proposed_is_not_shown() {
        Dossier known = release("a@1.0.0", 1, false).state();
        Dossier unheard = EndedReleases.unheard(known.id());
        stored.live.add(new Aggregates.Snapshot<>("a@1.0.0", unheard, 1, START, START, false));

        assertThat(all(ALL, 2)).isEmpty();
        assertThatThrownBy(() -> Known.release(stored, "a@1.0.0")).hasMessageContaining("404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@1.0.0/x", "no-at", "@1.0.0", "Upper@1.0.0", "a@1.0.0\n", "b@1.0.0"})
    void an_id_that_is_none_is_as_unknown_as_one_of_nobody(String id) {
        live("a@1.0.0", 1);

        assertThat(Known.release(stored, "a@1.0.0").id().value()).isEqualTo("a@1.0.0");
        assertThatThrownBy(() -> Known.release(stored, id)).hasMessageContaining("404");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X a@1.0.0
            L yesterday a@1.0.0
            L 2026-01-05T10:00:00Z
            F a@1.0.0 more
            F
            """)
    void a_cursor_that_no_list_answered_with_is_refused(String plain) {
        String cursor = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> list.page(ALL, cursor, 2)).hasMessageContaining("cursor must be one");
        assertThatThrownBy(() -> list.page(ALL, "%%%", 2)).hasMessageContaining("cursor must be one");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 100, 6, 50",
        "5, 4, 100, 6, 50",
        "2, 201, 100, 300, 50",
        "2, 4, 0, 6, 50",
        "2, 4, 9, 3, 50",
        "2, 4, 9, 6, 0"
    })
    void settings_have_ranges(int pageDefault, int pageMax, int livePage, int scanMax, int reason) {
        assertThatThrownBy(() -> new ApiSettings(1, pageDefault, pageMax, livePage, scanMax, reason, Duration.ZERO))
                .hasMessageContaining("slipway.release.api");
    }
}
