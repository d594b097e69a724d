package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The fourteen things that importers of release guides get wrong, each by its name and in words of our own. */
class ImporterMistakesTest {
    @Test
    void mistake_1_children_are_lines_of_their_own_below_their_parent() {
        Lines guide = Lines.of("""
            ## Shipping
            - [ ] Publish the packages
              - [ ] Upload the wheel to the index
              - [ ] Push the container image
            - [ ] Update the following repositories
              - storefront
              - billing
            - [ ] Start `/make-draft`. This will:
              - Create the draft page
            """);

        assertThat(guide.at("Publish").line().children()).isEqualTo(2);
        assertThat(guide.at("Upload").line().parent())
                .isEqualTo(guide.at("Publish").line().id());
        assertThat(guide.at("Upload").line().depth()).isEqualTo(1);
        assertThat(guide.at("Upload").step()).isTrue();
        assertThat(guide.at("storefront").step())
                .as("a target of the step above")
                .isFalse();
        assertThat(guide.at("Create the draft").step())
                .as("what a command does by itself")
                .isFalse();
    }

    @Test
    void mistake_2_an_item_goes_on_with_code_and_paragraphs_and_a_number_is_no_identity() {
        Lines lazy = Lines.of("""
            ## Steps
            1. Create the branch

               ```sh
               git switch -c release/7
               ```

               It is protected from then on.
            1. Push the tag
            """);
        Lines counted = Lines.of("""
            ## Steps
            1. Create the branch
            2. Push the tag
            """);

        assertThat(lazy.at("Create").line().code()).containsExactly("git switch -c release/7");
        assertThat(lazy.at("Create").line().notes()).containsExactly("It is protected from then on.");
        assertThat(lazy.at("Push").line().id())
                .isEqualTo(counted.at("Push").line().id());
        assertThat(Lines.of("## Steps\n#. Create the branch\n#. Push the tag\n").steps())
                .containsExactly("Create the branch", "Push the tag");
    }

    @Test
    void mistake_3_in_a_guide_of_prose_the_heading_is_the_step() {
        Lines guide = Lines.of("""
            # How we release
            ## Overview
            We release each month.
            ## 1. Cut the branch
            The branch is made from main. Everybody is told that from now on only mends go in.
            ## 2. Bump the version
            The number stands in one file.
            ```sh
            make bump
            ```
            ## Tagging the release
            We sign tags.
            ```sh
            git tag -s
            ```
            """);

        assertThat(guide.steps()).containsExactly("1. Cut the branch", "2. Bump the version", "Tagging the release");
        assertThat(guide.at("Bump").line().code()).containsExactly("make bump");
    }

    @Test
    void mistake_4_a_checklist_is_a_table_and_a_rota_is_none() {
        Lines guide = Lines.of("""
            ## Checklist
            | Task | Owner | Done |
            |---|---|---|
            | Verify the smoke tests in staging | QA | [ ] |
            | Announce it in the forum | Marketing | [x] |

            ## Who is on duty
            | Month | Primary | Secondary |
            |---|---|---|
            | May | Grace | Linus |
            | June | Linus | Grace |
            """);

        assertThat(guide.steps()).containsExactly("Verify the smoke tests in staging", "Announce it in the forum");
        assertThat(guide.at("Announce").line().box()).isEqualTo(GuideLine.Box.CHECKED);
        assertThat(guide.at("Verify").role()).isEqualTo(new NamedRole("QA", false, 1));
        assertThat(guide.guide().unread()).extracting(Guide.Unread::line).containsExactly(8);
    }

    @Test
    void mistake_5_conditions_stand_in_brackets_columns_and_headings() {
        Lines guide = Lines.of("""
            ## Patch release checklist
            - [ ] Merge the mend
            ## All
            - [ ] **(final only)** Move the stable pointer
            - [ ] [Optional] Write a post
            - [ ] Freeze the docs (if applicable)
            - [ ] For major or minor releases, create a branch

            | Task | Major | Minor | Patch |
            |---|---|---|---|
            | Write the migration guide | ✅ | | |
            | Publish the notes | ✅ | ✅ | ✅ |
            """);

        assertThat(guide.at("Merge the mend").condition().expression()).isEqualTo("patch");
        assertThat(guide.at("Move").condition().expression()).isEqualTo("final");
        assertThat(guide.at("Write a post").condition().ask()).isEqualTo("Optional");
        assertThat(guide.at("Freeze").condition().ask()).isEqualTo("if applicable");
        assertThat(guide.at("create a branch").condition().expression()).isEqualTo("major or minor");
        assertThat(guide.at("migration").condition().expression()).isEqualTo("major");
        assertThat(guide.at("Publish the notes").condition().always())
                .as("a column for each kind, and all of them")
                .isTrue();
    }

    @Test
    void mistake_6_times_have_an_anchor_and_a_calendar() {
        Lines guide = Lines.of("""
            ## Two weeks before the release
            - [ ] Tell the translators
            ## Launch
            - [ ] T-3: lock the strings
            - [ ] 5 working days before the feature freeze, ask for stragglers
            - [ ] Keep the candidate in the first ring for at least 48 hours
            - [ ] On the day of the release, publish the page
            """);

        Timing heading = guide.at("Tell").timing().getFirst();
        assertThat(heading.anchor()).isEqualTo("release");
        assertThat(heading.offset()).isEqualTo("-P14D");
        assertThat(guide.at("lock").timing().getFirst().offset()).isEqualTo("-P3D");
        Timing freeze = guide.at("stragglers").timing().getFirst();
        assertThat(freeze.anchor()).isEqualTo("freeze");
        assertThat(freeze.workingDays()).isTrue();
        assertThat(freeze.offset()).isEqualTo("-P5D");
        Timing soak = guide.at("first ring").timing().getFirst();
        assertThat(soak.lasts()).isTrue();
        assertThat(soak.offset()).isEqualTo("PT48H");
        assertThat(guide.at("publish the page").timing().getFirst().offset()).isEqualTo("P0D");
    }

    @Test
    void mistake_7_roles_stand_in_prefixes_columns_headings_and_handles() {
        Lines guide = Lines.of("""
            ## For the release manager
            - [ ] Open the tracking issue
            ## Launch
            - [ ] QA: try the installer on a clean laptop
            - [ ] Send the draft to @acme/docs
            - [ ] The security officer reviews the findings
            - [ ] [Track] Publish the mobile build
            - [ ] Two maintainers must approve the change
            """);

        assertThat(guide.at("Open").role()).isEqualTo(new NamedRole("release manager", false, 1));
        assertThat(guide.at("installer").role()).isEqualTo(new NamedRole("QA", false, 1));
        assertThat(guide.at("draft").role()).isEqualTo(new NamedRole("@acme/docs", false, 1));
        assertThat(guide.at("findings").role()).isEqualTo(new NamedRole("security officer", false, 1));
        assertThat(guide.at("findings").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("must approve").role())
                .isNotNull()
                .extracting(NamedRole::people)
                .isEqualTo(2);
    }

    @Test
    void mistake_8_a_key_with_its_value_is_no_step_and_boxes_in_a_row_are_a_choice() {
        Lines guide = Lines.of("""
            ## Facts
            - Needed approvals: 3 reviewers
            - Release branch: `stable`
            - Kind: [ ] Patch [ ] Minor [ ] Major
            """);

        assertThat(guide.steps()).isEmpty();
        assertThat(guide.at("approvals").kind()).isEqualTo(LineClass.VALUE);
        assertThat(guide.at("approvals").answer().policy()).isEqualTo("approvals: {required: 3}");
        assertThat(guide.at("Kind").reason()).contains("choice");
    }

    @Test
    void mistake_9_a_text_that_stands_twice_is_two_lines() {
        Lines guide = Lines.of("""
            ## Candidate
            - [ ] Push the tag
            ## Final
            - [ ] Push the tag
            - [ ] Push the tag
            """);

        assertThat(guide.all().stream()
                        .filter(Proposal::step)
                        .map(one -> one.line().id()))
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(guide.last("Push").line().ordinal()).isEqualTo(2);
    }

    @Test
    void mistake_10_prohibitions_ask_for_nothing_and_two_verbs_are_two_requests() {
        Lines guide = Lines.of("""
            ## Steps
            - Do not squash the back-merge
            - Merge the branch and verify that the pipeline is green
            - See the branching page for why
            """);

        assertThat(guide.at("squash").step()).isFalse();
        assertThat(guide.at("squash").reason()).contains("forbids");
        assertThat(guide.at("Merge").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Merge").parts())
                .containsExactly(new Proposal.Part("verify that the pipeline is green", LineClass.GATE));
        assertThat(guide.at("branching page").step()).isFalse();
    }

    @Test
    void mistake_11_a_fenced_announcement_is_a_document_and_its_rules_are_found() {
        Lines guide = Lines.of("""
            ## Vote
            - [ ] Call the vote on the list

              ```
              Hello all,
              this vote stays open for 72 hours, and needs three approvals.
              Thanks, {NAME}
              ```
            """);

        Proposal mail = guide.at("Hello all");
        assertThat(mail.kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(mail.step()).isFalse();
        assertThat(mail.timing().getFirst().offset()).isEqualTo("PT72H");
        assertThat(mail.placeholders()).containsExactly("{NAME}");
        assertThat(mail.line().parent()).isEqualTo(guide.at("Call").line().id());
    }

    @Test
    void mistake_12_placeholders_in_eight_dialects_and_a_sample_version() {
        Lines guide = Lines.of("""
            ## Steps
            - [ ] Tag vX.Y.Z, <branch-name>, {{ owner }}, $NEXT_VERSION, ${TAG}, {VERSION}, [insert date] and YYYY-MM-DD
            - [ ] Build 4.7.1 from the tag
            - [ ] Publish 4.7.1
            - [ ] [Draft new release]

            [Draft new release]: https://example.test/new
            """);

        assertThat(guide.at("Tag").placeholders())
                .containsExactlyInAnyOrder(
                        "vX.Y.Z",
                        "<branch-name>",
                        "{{ owner }}",
                        "$NEXT_VERSION",
                        "${TAG}",
                        "{VERSION}",
                        "[insert date]",
                        "YYYY-MM-DD");
        assertThat(guide.at("Build").placeholders()).containsExactly("4.7.1");
        assertThat(guide.at("Draft new").placeholders()).isEmpty();
        assertThat(guide.at("Draft new").line().links()).containsExactly("https://example.test/new");
    }

    @Test
    void mistake_13_what_is_not_markdown_is_read_or_told() {
        Lines guide = Lines.of("""
            ---
            title: Release
            ---
            import Box from './box'

            <!-- checklist-bot:start -->
            ## Steps {#steps}
            <details>
            <summary>More</summary>

            - [ ] ~~Mail the old list~~
            - [ ] 🚀 Publish the package
            </details>

            <% if patch? %>
            - [ ] Cherry-pick the mend
            <% end %>
            """);

        assertThat(guide.guide().front()).containsEntry("title", "Release");
        assertThat(guide.texts()).contains("Steps");
        assertThat(guide.at("Mail").step()).as("struck out").isFalse();
        assertThat(guide.at("Publish").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Cherry-pick").condition().ask()).isEqualTo("if patch?");
        assertThat(guide.guide().unread()).extracting(Guide.Unread::line).contains(4, 6, 15, 17);
    }

    @Test
    void mistake_13_markdown_stands_inside_of_an_issue_form() {
        Lines form = Lines.form("""
            name: Release
            body:
              - type: markdown
                attributes:
                  value: |
                    ## Before
                    - [ ] Verify that CI is green
              - type: input
                attributes:
                  label: Version
              - type: checkboxes
                attributes:
                  label: After
                  options:
                    - label: Announce it in the forum
                    - label: Update the docs site
            """);

        assertThat(form.steps())
                .containsExactly("Verify that CI is green", "Announce it in the forum", "Update the docs site");
        assertThat(form.at("Verify").line().source().line()).isEqualTo(7);
        assertThat(form.at("Announce").line().headings()).containsExactly("After");
        assertThat(form.at("Version").kind()).isEqualTo(LineClass.VALUE);
    }

    @Test
    void mistake_14_the_heading_votes_where_a_phrase_has_no_verb() {
        Lines guide = Lines.of("""
            ## Testing
            - Contract tests
            - Load benchmark
            ## Our philosophy
            - Small steps
            ## Contacts
            - Captain: [Name]
            ## Exit criteria
            - No blocking bugs
            1. Staging
               - Smoke run
            """);

        assertThat(guide.at("Contract").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Load").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Small").kind()).isEqualTo(LineClass.NOTHING);
        assertThat(guide.at("Captain").kind()).isEqualTo(LineClass.VALUE);
        assertThat(guide.at("blocking").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Staging").step()).as("a title").isFalse();
        assertThat(guide.at("Smoke").kind()).isEqualTo(LineClass.GATE);
    }

    @Test
    void nothing_that_is_bound_to_no_evidence_becomes_a_gate() {
        Lines guide = Lines.of("""
            ## Checklist
            - [ ] Verify that the mood is good
            - [ ] Check with the lawyers
            - [ ] Ensure everybody knows
            - [ ] Verify that CI is green
            """);

        assertThat(guide.all().stream().filter(one -> one.kind() == LineClass.GATE))
                .singleElement()
                .satisfies(gate -> assertThat(gate.answer().policy()).contains("required-check:"));
        assertThat(guide.at("mood").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("mood").reason()).isNotBlank();
    }
}
