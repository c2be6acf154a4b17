using System.Text;
using System.Text.Json.Nodes;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.GitHub;

/// <summary>Reviews on GitHub as approvals.</summary>
public sealed class ReviewImportTests : IDisposable
{
    private readonly PullRequestRun _run = new(people: p => p["githubReviews"] = true);

    [Fact]
    public async Task Review_of_the_judged_head_by_a_person_with_the_role_counts_and_is_shown_as_what_it_is()
    {
        await ProposeAsync();
        _run.Server.State.Review(41, "Ada", "APPROVED", _run.Head);

        Assert.Equal(0, await SyncAsync());
        Assert.Equal("success", _run.Statuses(_run.Head).Last());
        var verified = await _run.RunAsync("verify", _run.Bundle);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains($"approved as lead by person:lead, review {_run.Server.State.Reviews[0].Review["id"]} of ada on GitHub, for which the pipeline vouches", verified.Output, StringComparison.Ordinal);
        Assert.Contains("on GitHub, for which the pipeline vouches", _run.Comment, StringComparison.Ordinal);

        // Again changes nothing.
        var files = Files();
        Assert.Equal(0, await SyncAsync());
        Assert.Equal(files, Files());
    }

    [Theory]
    [InlineData("ada", "APPROVED", "other")]
    [InlineData("ada", "COMMENTED", "head")]
    [InlineData("ada", "CHANGES_REQUESTED", "head")]
    [InlineData("ada", "DISMISSED", "head")]
    [InlineData("ada", "PENDING", "head")]
    [InlineData("grace", "APPROVED", "head")]
    [InlineData("author", "APPROVED", "head")]
    [InlineData("stranger", "APPROVED", "head")]
    public async Task Other_review_does_not_count(string login, string state, string commit)
    {
        await ProposeAsync();
        _run.Server.State.Review(41, login, state, commit == "head" ? _run.Head : new string('f', 40));

        Assert.Equal(3, await SyncAsync());
        Assert.Empty(Files());
        Assert.Equal("pending", _run.Statuses(_run.Head).Last());
    }

    [Theory]
    [InlineData("DISMISSED")]
    [InlineData("CHANGES_REQUESTED")]
    public async Task Later_review_of_the_same_login_takes_the_approval_away(string state)
    {
        await ProposeAsync();
        _run.Server.State.Review(41, "ada", "APPROVED", _run.Head);
        Assert.Equal(0, await SyncAsync());
        if (state == "DISMISSED")
        {
            _run.Server.State.Reviews[0].Review["state"] = state;
        }
        else
        {
            _run.Server.State.Review(41, "ada", "COMMENTED", _run.Head);
            Assert.Equal(0, await SyncAsync());
            _run.Server.State.Review(41, "ada", state, _run.Head);
        }

        Assert.Equal(3, await SyncAsync());
        Assert.Empty(Files());
        Assert.Equal("pending", _run.Statuses(_run.Head).Last());
        Assert.Contains("holds no more", _run.Said, StringComparison.Ordinal);
        Assert.Equal(3, (await _run.RunAsync("verify", _run.Bundle)).ExitCode);
    }

    [Fact]
    public async Task Review_of_a_pull_request_that_was_pushed_to_gives_the_new_head_nothing()
    {
        await ProposeAsync();
        _run.Pull["head"]!["sha"] = new string('d', 40);
        _run.Server.State.Review(41, "ada", "APPROVED", _run.Head);

        Assert.Equal(3, await SyncAsync());
        Assert.Empty(_run.Statuses(new string('d', 40)));
    }

    [Fact]
    public async Task Reviews_do_not_count_unless_the_people_file_says_so()
    {
        using var run = new PullRequestRun();
        Assert.Equal(3, (await run.ProposeAsync("src/a.txt")).ExitCode);
        run.Server.State.Review(41, "ada", "APPROVED", run.Head);

        Assert.Equal(3, (await run.RunAsync(["github", "sync", run.Bundle, .. run.GitHub])).ExitCode);
        Assert.False(Directory.Exists(Path.Combine(run.Bundle, "approvals")));
    }

    [Fact]
    public async Task Review_is_refused_where_the_caller_does_not_let_it_count_or_does_not_know_the_pipeline()
    {
        await ProposeAsync();
        _run.Server.State.Review(41, "ada", "APPROVED", _run.Head);
        Assert.Equal(0, await SyncAsync());

        var people = Directory.GetFiles(Path.Combine(_run.State, "people")).Single();
        File.WriteAllText(people, File.ReadAllText(people).Replace("\"githubReviews\":true", "\"githubReviews\":false", StringComparison.Ordinal));
        var verified = await _run.RunAsync("verify", _run.Bundle);
        Assert.Equal(2, verified.ExitCode);
        Assert.Contains("does not let reviews", verified.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login", "eve")]
    [InlineData("commit", "ffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("state", "CHANGES_REQUESTED")]
    public async Task Review_that_was_changed_is_refused(string member, string value)
    {
        await ProposeAsync();
        _run.Server.State.Review(41, "ada", "APPROVED", _run.Head);
        Assert.Equal(0, await SyncAsync());
        var file = Path.Combine(_run.Bundle, Files().Single());
        var envelope = JsonNode.Parse(File.ReadAllText(file))!;
        var statement = JsonNode.Parse(Convert.FromBase64String((string)envelope["payload"]!))!;
        statement["predicate"]!["review"]![member] = value;
        envelope["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(statement.ToJsonString()));
        File.WriteAllText(file, envelope.ToJsonString() + "\n");

        Assert.Equal(2, (await _run.RunAsync("verify", _run.Bundle)).ExitCode);
    }

    [Fact]
    public async Task Bundle_for_which_nobody_vouches_tells_GitHub_nothing()
    {
        await ProposeAsync();
        File.AppendAllText(Path.Combine(_run.Bundle, "design.md"), "x");
        var changes = _run.Server.Changes.Count;

        Assert.Equal(1, await SyncAsync());
        Assert.Equal(changes, _run.Server.Changes.Count);
        Assert.Contains("does not verify", _run.Said, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();

    private async Task ProposeAsync() => Assert.True((await _run.ProposeAsync("src/a.txt")).ExitCode == 3, _run.Said);

    private async Task<int> SyncAsync() => (await _run.RunAsync(["github", "sync", _run.Bundle, .. _run.GitHub])).ExitCode;

    private string[] Files() => Directory.Exists(Path.Combine(_run.Bundle, "approvals"))
        ? [.. Directory.GetFiles(Path.Combine(_run.Bundle, "approvals")).Select(f => "approvals/" + Path.GetFileName(f))]
        : [];
}
