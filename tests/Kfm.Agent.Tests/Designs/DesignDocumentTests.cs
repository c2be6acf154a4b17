using Kfm.Agent.Designs;
using Kfm.Agent.Intents;

namespace Kfm.Agent.Tests.Designs;

public sealed class DesignDocumentTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Document_says_what_was_asked_and_why_it_is_risky() => Assert.Equal(
        """
        # Document the login in docs/login.md

        ## Asked

        > Document the login in docs/login.md
        >
        > # Please

        Reference: `#7`

        ## Components

        - `docs/login.md`
        - `src/Login`

        ## Risk

        High, kind auth. A merge needs the approvals of a manager and of security, who review this design as well.

        - `intent.auth` asks for high: `login`
        - `intent.docs` asks for low: `document`

        The changed paths can raise the tier and never lower it.

        ## Planned checks

        - tests
        - secrets scan

        """.ReplaceLineEndings("\n"),
        DesignDocument.Write(Asked("person:1", Time), ["src/Login", "docs/login.md"], ["tests", "secrets scan"]));

    [Fact]
    public void Author_and_time_do_not_change_the_document() =>
        Assert.Equal(DesignDocument.Write(Asked("person:1", Time), [], []), DesignDocument.Write(Asked("person:2", Time.AddYears(1)), [], []));

    private static StructuredIntent Asked(string author, DateTimeOffset time) =>
        IntentClassifier.Classify(new Intent("Document the login in docs/login.md\r\n\r\n# Please\n", "test", "#7", author, time));
}
