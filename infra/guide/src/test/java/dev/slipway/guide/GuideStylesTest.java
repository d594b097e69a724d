package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How guides are written that are none of those the rules were made on. */
class GuideStylesTest {
    @Test
    void check_marks_of_unicode_are_boxes() {
        Lines guide = Lines.of("""
            ## Launch day
            ⬜ Publish the bundle
            ✅ Create the branch
            """);

        assertThat(guide.steps()).containsExactly("Publish the bundle", "Create the branch");
        assertThat(guide.at("Publish").line().box()).isEqualTo(GuideLine.Box.OPEN);
        assertThat(guide.at("Create").line().box()).isEqualTo(GuideLine.Box.CHECKED);
    }

    @Test
    void a_row_that_does_not_apply_is_no_step() {
        Lines guide = Lines.of("""
            | Step | Responsible | Status |
            |------|-------------|--------|
            | Build the installer | Build team | done |
            | Notarise the installer | Build team | N/A |
            """);

        assertThat(guide.steps()).containsExactly("Build the installer");
        assertThat(guide.at("Notarise").reason()).contains("not applicable");
    }

    @Test
    void shell_blocks_between_steps_belong_to_the_step_before() {
        Lines guide = Lines.of("""
            ## Publishing

            1) Build the package

            ```bash
            make dist
            ```

            2) Upload the package

            ```bash
            twine upload dist/*
            ```
            """);

        assertThat(guide.steps()).containsExactly("Build the package", "Upload the package");
        assertThat(guide.at("Build").line().code()).containsExactly("make dist");
        assertThat(guide.at("Upload").line().code()).containsExactly("twine upload dist/*");
    }

    @Test
    void german_is_read_where_it_is_common() {
        Lines guide = Lines.of("""
            # Freigabe
            ## Vorbereitung
            - [ ] Prüfe, dass alle Tests grün sind
            - [ ] Informiere den Support, 2 Werktage vor der Veröffentlichung
            ## Ansprechpartner
            - Leitung: [Name]
            """);

        assertThat(guide.at("Prüfe").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Informiere").kind()).isEqualTo(LineClass.ACTION);
        Timing timing = guide.at("Informiere").timing().getFirst();
        assertThat(timing.offset()).isEqualTo("-P2D");
        assertThat(timing.workingDays()).isTrue();
        assertThat(guide.at("Leitung").kind()).isEqualTo(LineClass.VALUE);
    }

    @Test
    void a_bold_line_is_a_heading_and_deep_lists_keep_their_parents() {
        Lines guide = Lines.of("""
            **Day of the release**

            - [ ] Deploy
              - [ ] to the canary
                - [ ] Watch the error rate for 30 minutes
            """);

        Proposal watch = guide.at("Watch");
        assertThat(watch.line().headings()).containsExactly("Day of the release");
        assertThat(watch.line().depth()).isEqualTo(2);
        assertThat(watch.line().parent()).isEqualTo(guide.at("canary").line().id());
        assertThat(watch.kind()).isEqualTo(LineClass.GATE);
        assertThat(watch.timing().getFirst().offset()).isEqualTo("PT30M");
    }

    @Test
    void what_goes_wrong_and_what_is_listed_for_reading_is_no_step() {
        Lines guide = Lines.of("""
            ## Contents
            - [Steps](#steps)
            ## Steps
            1. Push the tag
            ## Troubleshooting
            - Restart the runner if the upload hangs
            ## Resources
            - [The wiki](https://example.test/wiki)
            """);

        assertThat(guide.steps()).containsExactly("Push the tag");
    }
}
