using System.Text;
using System.Text.Json.Nodes;
using Kfm.Testing;
using Kfm.Testing.GitHub;

namespace Kfm.Pipeline.Tests.GitHub;

public sealed class PullRequestTests
{
    [Fact]
    public async Task Allowed_proposal_gets_a_draft_whose_number_stands_in_the_record_and_then_success()
    {
        using var run = new PullRequestRun();
        var result = await run.ProposeAsync();

        Assert.True(result.ExitCode == 0, run.Said);
        Assert.Equal(41, (long)run.Pull["number"]!);
        Assert.Equal("41", (string)run.Evidence["pullRequest"]!);
        Assert.Equal(("ai/proposal/7", "main", true, "open"), ((string)run.Pull["head"]!["ref"]!, (string)run.Pull["base"]!["ref"]!, (bool)run.Pull["draft"]!, (string)run.Pull["state"]!));
        Assert.Equal(run.Head, (string)run.Pull["head"]!["sha"]!);
        Assert.Equal(["pending", "success"], run.Statuses(run.Head));
        Assert.StartsWith("AI proposal: Document it", (string)run.Pull["title"]!, StringComparison.Ordinal);
        Assert.Contains("# AI proposal: allow", (string)run.Pull["body"]!, StringComparison.Ordinal);
        Assert.Contains("\"kfm_pr_id\":41", run.Comment, StringComparison.Ordinal);
        Assert.Equal(["kfm:ai-proposal", "kfm:allow", "kfm:risk-low"], run.Server.State.Labelled.Select(l => l.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["writer"], run.Server.State.Asked.Select(a => a.Reviewer));
        Assert.Equal(0, (await run.RunAsync("verify", run.Bundle)).ExitCode);
    }

    [Fact]
    public async Task Nothing_is_ever_merged_or_made_ready()
    {
        using var run = new PullRequestRun();
        await run.ProposeAsync();
        await run.RunAsync(["github", "sync", run.Bundle, .. run.GitHub]);

        Assert.DoesNotContain(run.Server.Requests, r => r.Path.Contains("merge", StringComparison.Ordinal) || r.Path.Contains("graphql", StringComparison.Ordinal) || r.Body.Contains("\"draft\":false", StringComparison.Ordinal));
        Assert.True((bool)run.Pull["draft"]!);
    }

    [Fact]
    public async Task Review_waits_for_the_approval_that_makes_it_success()
    {
        using var run = new PullRequestRun();
        Assert.Equal(3, (await run.ProposeAsync("src/a.txt")).ExitCode);
        Assert.Equal(["pending", "pending"], run.Statuses(run.Head));
        Assert.Contains("approval missing: lead", (string)run.Server.State.StatusOf(run.Head)!["description"]!, StringComparison.Ordinal);
        Assert.Equal(["acme/crew", "ada", "owner"], run.Server.State.Asked.Select(a => a.Reviewer).Order(StringComparer.Ordinal));

        var approved = await run.RunAsync(["approve", run.Bundle, "--role", "lead", "--key", run.PathOf("lead.pem"), .. run.GitHub]);

        Assert.True(approved.ExitCode == 0, run.Said);
        Assert.Equal(["pending", "pending", "success"], run.Statuses(run.Head));
        Assert.Contains("approved as `lead` by `person:lead`", run.Comment, StringComparison.Ordinal);
        Assert.Equal(["kfm:ai-proposal", "kfm:allow", "kfm:risk-medium"], run.Server.State.Labelled.Select(l => l.Name).Order(StringComparer.Ordinal));
        Assert.Single(run.Server.State.Comments);
    }

    [Fact]
    public async Task Denied_proposal_gets_failure_and_nobody_is_asked()
    {
        using var run = new PullRequestRun(settings => settings["lint"] = PullRequestRun.Step("exit 1"));
        Assert.Equal(2, (await run.ProposeAsync("src/a.txt")).ExitCode);

        Assert.Equal(["pending", "failure"], run.Statuses(run.Head));
        Assert.Contains("# AI proposal: deny", (string)run.Pull["body"]!, StringComparison.Ordinal);
        Assert.Empty(run.Server.State.Asked);
        Assert.Equal(2, (await run.RunAsync(["github", "sync", run.Bundle, .. run.GitHub])).ExitCode);
    }

    [Fact]
    public async Task Push_after_the_decision_makes_it_stale_and_gives_the_new_head_no_status()
    {
        using var run = new PullRequestRun();
        await run.ProposeAsync();
        var pushed = new string('d', 40);
        run.Pull["head"]!["sha"] = pushed;
        var body = (string)run.Pull["body"]!;

        var result = await run.RunAsync(["github", "sync", run.Bundle, .. run.GitHub, "--json"]);

        Assert.Equal(3, result.ExitCode);
        Assert.True((bool)JsonNode.Parse(result.Output)!["stale"]!);
        Assert.Empty(run.Statuses(pushed));
        Assert.Contains("`kfm/gate`: stale", run.Comment, StringComparison.Ordinal);
        Assert.Contains(pushed, run.Comment, StringComparison.Ordinal);
        Assert.Contains((41, "kfm:stale"), run.Server.State.Labelled);
        Assert.Equal(body, (string)run.Pull["body"]!);
    }

    [Fact]
    public async Task Push_before_the_decision_makes_the_run_end_with_a_review()
    {
        using var run = new PullRequestRun();
        run.Server.State.HeadOf = _ => new string('d', 40);

        Assert.Equal(3, (await run.ProposeAsync()).ExitCode);
        Assert.Equal(["pending", "success"], run.Statuses(run.Head));
        Assert.Empty(run.Statuses(new string('d', 40)));
        Assert.Contains("stale", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stages_in_jobs_of_their_own_keep_the_same_pull_request()
    {
        using var run = new PullRequestRun();
        Assert.True((await run.RunAsync(["propose", .. run.Proposal()])).ExitCode == 0, run.Said);
        foreach (var stage in new[] { "preview", "qa", "provenance", "gate", "pr" })
        {
            var result = await run.RunAsync([stage, "--repo", run.Repository, "--out", run.Bundle, .. run.GitHub]);
            Assert.True(result.ExitCode == 0, stage + run.Said);
        }

        Assert.Equal("41", (string)run.Evidence["pullRequest"]!);
        Assert.Equal(["pending", "success"], run.Statuses(run.Head));
    }

    [Fact]
    public async Task Pull_request_that_is_there_is_written_to_and_its_text_is_left_alone()
    {
        using var run = new PullRequestRun();
        run.Server.State.PullRequests.Add(new JsonObject
        {
            ["number"] = 5L,
            ["state"] = "open",
            ["draft"] = false,
            ["title"] = "mine",
            ["body"] = "my words",
            ["head"] = new JsonObject { ["ref"] = "x", ["sha"] = new string('e', 40) },
            ["user"] = new JsonObject { ["login"] = "author" },
        });
        var result = await run.ProposeAsync("docs/a.md", "--pull-request", "5");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(("mine", "my words"), ((string)run.Pull["title"]!, (string)run.Pull["body"]!));
        Assert.DoesNotContain(run.Server.Requests, r => r.Path.Contains(".git/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Proposal_whose_draft_cannot_be_opened_is_denied()
    {
        using var run = new PullRequestRun();
        run.Server.Fail(new FakeFault("POST", "/pulls", 503) { Times = 99 });
        var result = await run.ProposeAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("github.draft", File.ReadAllText(Path.Combine(run.Bundle, "evidence.json")), StringComparison.Ordinal);
        Assert.Contains("status 503", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_proposal_whose_pull_request_cannot_be_written_is_sealed_and_ends_with_an_error()
    {
        using var run = new PullRequestRun();
        run.Server.Fail(new FakeFault("PATCH", "/41", 403) { Times = 99 });
        var result = await run.ProposeAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("sealed", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await run.RunAsync("verify", run.Bundle)).ExitCode);
    }

    [Theory]
    [InlineData("acme/gadgets", "not acme/gadgets")]
    [InlineData("acme", "OWNER/REPO")]
    public async Task Another_repository_is_refused(string name, string reason)
    {
        using var run = new PullRequestRun();
        var result = await run.RunAsync(["run", .. run.Proposal()[..^1], name]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, run.Said, StringComparison.Ordinal);
        Assert.Empty(run.Server.Changes);
    }

    [Fact]
    public async Task Missing_token_is_told_before_any_work()
    {
        using var run = new PullRequestRun();
        run.Variables.Remove("GITHUB_TOKEN");
        var result = await run.ProposeAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("GITHUB_TOKEN holds no token", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.Bundle));

        var given = await run.ProposeAsync("docs/a.md", "--github-token", run.Server.Token);
        Assert.Equal(1, given.ExitCode);
        Assert.DoesNotContain(run.Server.Token, run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branch_that_stands_at_another_commit_is_not_forced()
    {
        using var run = new PullRequestRun();
        using var git = new GitRepository();
        git.Run("fetch", "--quiet", run.Remote, "main");
        git.Run("checkout", "--quiet", "-b", "other", "FETCH_HEAD");
        git.Write("x", "x");
        git.Commit("other");
        git.Run("push", "--quiet", run.Remote, "HEAD:refs/heads/ai/proposal/7");
        var before = git.Head;

        Assert.Equal(2, (await run.ProposeAsync()).ExitCode);
        Assert.Equal(before, git.Run("--git-dir", run.Remote, "rev-parse", "refs/heads/ai/proposal/7").Trim());
        Assert.Contains("git push", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_is_nowhere_but_in_the_headers_of_requests()
    {
        var name = "KFM_TEST_COPY";
        using var run = new PullRequestRun(settings =>
        {
            settings["environment"] = new JsonObject { ["allow"] = new JsonArray("GITHUB_TOKEN", name) };
            settings["lint"] = PullRequestRun.Step("test -z \"$GITHUB_TOKEN\" && test -z \"$KFM_TEST_COPY\"");
        });
        var secrets = new[] { run.Server.Token, Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + run.Server.Token)) };
        var lines = new List<string>();
        run.Server.OnGit = () => lines.AddRange(CommandLines());
        Environment.SetEnvironmentVariable(name, "copy of " + run.Server.Token);
        try
        {
            Assert.True((await run.ProposeAsync("src/a.txt")).ExitCode == 3, run.Said);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        run.Server.Fail(new FakeFault(null, "", 500) { Times = 99, Body = $"{{\"message\":\"{secrets[0]} {secrets[1]}\"}}" });
        await run.RunAsync(["github", "sync", run.Bundle, .. run.GitHub]);

        Assert.Contains(run.Server.Requests, r => r.Authorization == "Basic " + secrets[1]);
        Assert.Contains(lines, l => l.Contains("git", StringComparison.Ordinal) && l.Contains("push", StringComparison.Ordinal));
        string[] places = [run.Bundle, run.State, run.Repository, run.Remote];
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, run.Said, StringComparison.Ordinal);
            Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(run.Server.Requests, r => (r.Path + r.Body).Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(places.SelectMany(p => Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories)), f => Encoding.Latin1.GetString(File.ReadAllBytes(f)).Contains(secret, StringComparison.Ordinal));
        }
    }

    // The command lines of all processes of this machine.
    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return line;
        }
    }
}
