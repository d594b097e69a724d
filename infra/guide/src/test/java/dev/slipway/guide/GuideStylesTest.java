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

    @Test
    void a_number_of_two_levels_is_no_word_of_a_heading() {
        Lines guide = Lines.of("""
            # Shipping
            ## 2 Final
            ### 2.1 Cut the branch
            From the last candidate.
            ### 2.2 Tell the resellers
            By their own list.
            """);

        assertThat(guide.steps()).containsExactly("2.1 Cut the branch", "2.2 Tell the resellers");
        assertThat(guide.at("Cut").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Tell").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void how_it_is_done_and_with_which_tool_stands_in_front_of_the_verb() {
        Lines guide = Lines.of("""
            ## Embargo
            - [ ] Quietly send the mend to the vendors
            - [ ] gpg sign the three bundles
            - [ ] Cherry pick the mend
            - [ ] In accordance with https://example.test/rules, raise the number
            """);

        assertThat(guide.all().stream().filter(Proposal::step))
                .extracting(Proposal::kind)
                .containsOnly(LineClass.ACTION)
                .hasSize(4);
    }

    @Test
    void a_name_beside_a_box_is_a_part_of_the_step_above_it() {
        Lines guide = Lines.of("""
            ## Rollout
            - [ ] Rebuild the mirrors in
              - [ ] Lisbon
              - [ ] Oslo
            - [ ] Ask whether they can still build:
              - [ ] plugin-one
            - [ ] Verify the nightly tests of
              - [ ] the server
            """);

        assertThat(guide.at("Lisbon").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Oslo").reason()).contains("part of the step above");
        assertThat(guide.at("plugin-one").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("the server").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("the server").answer().policy()).isNotNull();
    }

    @Test
    void what_was_done_is_asked_for_and_what_was_looked_at_and_changed_is_a_change() {
        Lines guide = Lines.of("""
            ## Ready
            - [ ] Ran the secrets scan
            - [ ] Removed the old feature switch
            - [ ] Checked & updated the wiki
            - [ ] Automated tests pass
            - [ ] Look over and merge the open updates
            """);

        assertThat(guide.at("Ran").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Removed").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Checked").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Automated").kind()).isEqualTo(LineClass.GATE);
    }

    @Test
    void a_text_is_known_by_its_file_and_a_thing_by_its_last_word() {
        Lines guide = Lines.of("""
            ## Texts
            - [ ] Update `HISTORY.rst`
            - [ ] Fix the links in `docs/install.html`
            - [ ] Update the wiki submodule
            - [ ] Update the Downloads page
            - [ ] Press the red key
            - [ ] Write a message to the resellers
            - [ ] The handbook docs are up to date
            - [ ] Bump the version in `README.md`
            """);

        assertThat(guide.at("HISTORY").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("install.html").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("submodule").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Downloads").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Press").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("message").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("handbook").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("README").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void a_machine_that_did_it_correctly_did_it_and_people_say_what_looks_right() {
        Lines guide = Lines.of("""
            ## Checks
            - [ ] Verify that the nightly build ran correctly
            - [ ] Verify that the cover looks correct
            - [ ] Run the preflight checks
            - [ ] Check for open blockers
            - [ ] Create an account at the store
            """);

        assertThat(guide.at("nightly").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("cover").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("preflight").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("blockers").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("account").kind()).isEqualTo(LineClass.DUTY);
    }

    @Test
    void dates_definitions_settings_and_a_table_of_contents_ask_for_nothing() {
        Lines guide = Lines.of("""
            - [1. Cut `next`](#1-cut-next)
            ## New release details
            - signing tool
            ## Coming releases
            - May 3, 2031
            - 4 June 2031 (moved)
            ## Steps
            - `next` is the channel that should be tried first
            - Set these, as they must be there:
              - `STORE_USER`: from the vault of the release team, in its second folder
              - `STORE_KIND`: "final"
            - Run the last two:
              - `tool push image:latest --now`
              - `tool tag -s` (without `-s` for a candidate)
            """);

        assertThat(guide.steps())
                .containsExactly(
                        "Set these, as they must be there:",
                        "Run the last two:",
                        "`tool push image:latest --now`",
                        "`tool tag -s` (without `-s` for a candidate)");
    }

    @Test
    void one_word_over_sub_steps_is_a_title_and_over_commands_a_step() {
        Lines guide = Lines.of("""
            ### For the second platform
            - Setup:
              - You need access to the shared machine
            - Build:
              ```sh
              make all
              ```
            - If nobody has raised the number yet:
              - Raise it
            """);

        assertThat(guide.steps()).containsExactly("You need access to the shared machine", "Build:", "Raise it");
        assertThat(guide.at("Build").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("access").kind()).isEqualTo(LineClass.DUTY);
    }

    @Test
    void a_heading_with_commands_of_its_own_is_a_step_beside_the_list_below_it() {
        Lines guide = Lines.of("""
            # Release
            ## Push the branch
            ```sh
            git push
            ```
            - Open the page of the branch
            ## Overview of the parts
            - Publish the app
            - Publish the library
            """);

        assertThat(guide.steps())
                .containsExactly(
                        "Push the branch", "Open the page of the branch", "Publish the app", "Publish the library");
    }

    @Test
    void what_happens_by_itself_is_no_step_and_what_is_asked_behind_it_is_one() {
        Lines guide = Lines.of("""
            ## Steps
            1. Push the tag
            2. The pipeline will be triggered by it
            3. The pipeline will build it. Verify that the image has been published
            4. If it fails then start it again
            5. Done? Tell the resellers
            """);

        assertThat(guide.at("triggered").step()).isFalse();
        assertThat(guide.at("published").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("start it again").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("resellers").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void what_a_text_has_to_say_and_what_is_only_named_is_no_step() {
        Lines guide = Lines.of("""
            ## Texts
            - Write the notes. They should mention, at least:
              - new switches
            - Try the following guides:
              - The first page
            ## Deprecation policy
            - A switch lives for two releases
            ## Troubleshooting
            ### The release failed
            1. Start it again
            """);

        assertThat(guide.steps())
                .containsExactly("Write the notes. They should mention, at least:", "Try the following guides:");
    }

    @Test
    void a_long_line_is_read_as_far_as_it_may_ask_for_something_and_the_rest_is_said() {
        String words = "release the next of a part, and then ".repeat(2_700);
        Lines guide = Lines.of("""
            ## Steps
            1. %s
            2. git tag %s
            3. `%s`
            4. Update %s
            """.formatted(words, words, words, "a/b".repeat(500)));

        assertThat(guide.all()).hasSize(5);
        assertThat(guide.guide().unread())
                .hasSize(3)
                .allSatisfy(
                        rest -> assertThat(rest.why()).isEqualTo("the line goes on behind its first 2,000 characters"));
    }
}
