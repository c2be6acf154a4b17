using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Agent.Configuration;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Tests.Designs;

public sealed class DesignDocumentTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Document_says_what_was_asked_what_it_touches_and_why_it_is_risky() => Assert.Equal(
        $$"""
        # Document the login in docs/login.md

        Template `mine`, version 2, `{{Mine.Digest}}`, by `template.default`.

        ## Asked

        > Document the login in docs/login.md
        >
        > # Please

        Reference: `#7`

        ## Components

        - `Login`: `docs/login.md`

        ```mermaid
        flowchart LR
          change(["the change"])
          c0["Login"]
          c1["Store"]
          s0[/"docs/login.md"/]
          s1[/"schemas/login.schema.json"/]
          change --> c0
          c0 -->|"depends on"| c1
          c0 -.->|"adds"| s0
          c0 -.->|"keeps"| s1
        ```

        ## Specifications

        - `docs/login.md`, which the base does not have
        - `schemas/login.schema.json`, `{{Digest.Of("s"u8)}}`

        ## Risk

        High, kind auth. A merge needs the approvals of a manager and of security. One of them reviews this design before a model is asked.

        - `intent.auth` asks for high: `login`
        - `intent.docs` asks for low: `document`

        The changed paths can raise the tier and never lower it.

        ## Planned checks

        - tests
        - secrets scan

        ## Rollback

        - Revoke what was issued under the change (sessions, tokens, grants), then switch back.
        - Revert the commit of the change on the branch that it was merged to; the reverting commit goes through the same gates.
        - The rollback is tried in the sandbox before the canary starts, and its result is shown to the approvers.

        """.ReplaceLineEndings("\n"),
        DesignDocument.Write(Asked("person:1", Time), Plan));

    [Fact]
    public void Author_and_time_do_not_change_the_document() =>
        Assert.Equal(DesignDocument.Write(Asked("person:1", Time), [], []), DesignDocument.Write(Asked("person:2", Time.AddYears(1)), [], []));

    [Fact]
    public void Words_of_the_intent_are_never_read_as_placeholders() => Assert.Contains(
        "> Improve {{risk}} and {{owner}}\n",
        DesignDocument.Write(IntentClassifier.Classify(new Intent("Improve {{risk}} and {{owner}}", "test", null, "person:1", Time)), [], []),
        StringComparison.Ordinal);

    [Fact]
    public void Every_shipped_template_makes_a_document_with_all_parts() => Assert.All(DesignTemplates.Shipped.All, template =>
    {
        var text = DesignDocument.Write(Asked("person:1", Time), Plan with { Choice = new DesignTemplateChoice(template, "template.default", "") });

        Assert.All(["## Asked", "## Components", "```mermaid", "## Specifications", "## Risk", "## Planned checks", "## Rollback", template.Digest.ToString()],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("kfm-design-template", text, StringComparison.Ordinal);
    });

    [Fact]
    public void No_name_of_a_component_changes_the_form_of_the_diagram() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), name =>
    {
        var plan = Plan with { Components = [new DesignComponent(name.Get, IsTouched: true)], Specifications = [new DesignSpecification(name.Get, null, name.Get)] };
        var lines = DesignDocument.Write(Asked("person:1", Time), plan).Split("```mermaid\n")[1].Split("\n```")[0].Split('\n');

        Assert.Equal(6, lines.Length);
        Assert.Matches("^  c0\\[\"[^\"\\[\\](){}<>|`;&]*(#[0-9]+;[^\"\\[\\](){}<>|`;&]*)*\"\\]$", lines[2]);
    }).QuickCheckThrowOnFailure();

    private static DesignTemplate Mine { get; } = DesignTemplate.Parse("mine.md", Encoding.UTF8.GetBytes("""
        <!-- kfm-design-template id=mine version=2 -->
        # {{title}}

        {{template}}

        ## Asked

        {{asked}}

        ## Components

        {{components}}

        {{diagram}}

        ## Specifications

        {{specifications}}

        ## Risk

        {{risk}}

        ## Planned checks

        {{checks}}

        ## Rollback

        {{rollback}}

        """.ReplaceLineEndings("\n")));

    private static DesignPlan Plan => new(DesignTemplateChoice.Choose(
        DesignTemplates.Shipped.With([Mine]), IntentClassifier.Classify(new Intent("Improve it", "test", null, "person:1", Time)), new DesignSettings { DefaultTemplate = "mine" }))
    {
        Components = [new DesignComponent("Login", IsTouched: true) { DependsOn = ["Gone", "Store"], Paths = ["docs/login.md"] }, new DesignComponent("Store", IsTouched: false)],
        Specifications = [new DesignSpecification("docs/login.md", null, "Login"), new DesignSpecification("schemas/login.schema.json", Digest.Of("s"u8), "Login")],
        Checks = ["tests", "secrets scan"],
    };

    private static StructuredIntent Asked(string author, DateTimeOffset time) =>
        IntentClassifier.Classify(new Intent("Document the login in docs/login.md\r\n\r\n# Please\n", "test", "#7", author, time));
}
