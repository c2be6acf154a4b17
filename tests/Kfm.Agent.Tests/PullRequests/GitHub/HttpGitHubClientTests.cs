using System.Text.Json.Nodes;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Testing.GitHub;

namespace Kfm.Agent.Tests.PullRequests.GitHub;

public sealed class HttpGitHubClientTests : IDisposable
{
    private const string Marker = "<!-- kfm -->";
    private static readonly string Head = new('a', 40);
    private readonly GitHubFixture _hub = new();

    [Fact]
    public async Task Draft_is_opened_once_and_found_again()
    {
        var made = await _hub.OpenAsync();
        var again = await _hub.OpenAsync();

        Assert.Equal(new GitHubPullRequest(41, Head, "ai/proposal/1", "kfm-bot", IsDraft: true, IsOpen: true) { Body = "body" }, made);
        Assert.Equal(made, again);
        Assert.Equal(["POST /repos/acme/widgets/pulls"], _hub.Server.Changes);
        Assert.True((bool)_hub.Server.State.PullRequests.Single()["draft"]!);
    }

    [Fact]
    public async Task Pull_request_of_another_branch_is_not_taken_for_this_one()
    {
        await _hub.OpenAsync("ai/proposal/1");
        Assert.Equal(42, (await _hub.OpenAsync("ai/proposal/2")).Number);
    }

    [Fact]
    public async Task Draft_whose_answer_is_lost_is_not_opened_twice()
    {
        _hub.Server.Fail(new FakeFault("POST", "/pulls", 502) { AfterDoing = true });

        Assert.Equal(41, (await _hub.OpenAsync()).Number);
        Assert.Single(_hub.Server.State.PullRequests);
        Assert.Equal([TimeSpan.FromSeconds(1)], _hub.Time.Waits);
    }

    [Fact]
    public async Task Repository_without_drafts_gets_no_pull_request()
    {
        _hub.Server.State.HasDrafts = false;

        var e = await Assert.ThrowsAsync<GitHubException>(() => _hub.OpenAsync());
        Assert.Equal((422, "POST /repos/acme/widgets/pulls"), (e.Status, e.Request));
        Assert.Contains("Draft pull requests are not supported", e.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.Server.State.PullRequests);
    }

    [Fact]
    public async Task Something_else_than_a_draft_is_refused()
    {
        _hub.Server.Fail(new FakeFault("POST", "/pulls", 201) { Body = $$"""{"number":5,"state":"open","draft":false,"head":{"ref":"ai/proposal/1","sha":"{{Head}}"} }""" });

        Assert.Contains("drafts only", (await Assert.ThrowsAsync<GitHubException>(() => _hub.OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Title_and_text_are_written()
    {
        var pull = await _hub.OpenAsync();
        await _hub.Client.DescribeAsync(pull.Number, "new title", "new body");

        var held = _hub.Server.State.PullRequests.Single();
        Assert.Equal(("new title", "new body", true, "open"), ((string)held["title"]!, (string)held["body"]!, (bool)held["draft"]!, (string)held["state"]!));
    }

    [Fact]
    public async Task Comment_is_written_once_and_changed_in_place()
    {
        _hub.Server.State.PageSize = 2;
        for (var i = 0; i < 5; i++)
        {
            _hub.Server.State.Comment(41, "somebody", "words");
        }

        var first = await _hub.Client.PutCommentAsync(41, Marker, Marker + "one");
        var second = await _hub.Client.PutCommentAsync(41, Marker, Marker + "two");
        var third = await _hub.Client.PutCommentAsync(41, Marker, Marker + "two");

        Assert.True(first == second && second == third);
        Assert.Equal(6, _hub.Server.State.Comments.Count);
        Assert.Equal(Marker + "two", (string)_hub.Server.State.Comments[^1].Comment["body"]!);
        Assert.Equal(["POST", "PATCH"], _hub.Server.Changes.Select(c => c.Split(' ')[0]));
    }

    [Theory]
    [InlineData("kfm-bot", "mallory")]
    [InlineData(null, "mallory")]
    public async Task Comment_of_a_stranger_under_the_marker_is_left_alone(string? login, string stranger)
    {
        _hub.Server.State.Login = login;
        _hub.Server.State.Comment(41, stranger, Marker + "all is well");

        await _hub.Client.PutCommentAsync(41, Marker, Marker + "deny");
        await _hub.Client.PutCommentAsync(41, Marker, Marker + "deny again");

        Assert.Equal([Marker + "all is well", Marker + "deny again"], _hub.Server.State.Comments.Select(c => (string)c.Comment["body"]!));
    }

    [Fact]
    public async Task Labels_of_the_prefix_are_exchanged_and_others_stay()
    {
        GitHubLabel deny = new("kfm:deny", "b60205", "denied"), allow = new("kfm:allow", "0e8a16", "allowed"), ai = new("kfm:ai", "cccccc", "written by a model");
        _hub.Server.State.Labels.Add(new JsonObject { ["name"] = "bug" });
        _hub.Server.State.Labelled.Add((41, "bug"));

        await _hub.Client.PutLabelsAsync(41, "kfm:", [ai, deny]);
        await _hub.Client.PutLabelsAsync(41, "kfm:", [ai, allow]);
        var changes = _hub.Server.Changes.Count;
        await _hub.Client.PutLabelsAsync(41, "kfm:", [ai, allow]);

        Assert.Equal(["bug", "kfm:ai", "kfm:allow"], _hub.Server.State.Labelled.Select(l => l.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["bug", "kfm:ai", "kfm:deny", "kfm:allow"], _hub.Server.State.Labels.Select(l => (string)l["name"]!));
        Assert.Equal(changes, _hub.Server.Changes.Count);
    }

    [Fact]
    public async Task Label_that_another_run_makes_meanwhile_is_taken()
    {
        _hub.Server.State.Labels.Add(new JsonObject { ["name"] = "kfm:deny" });
        _hub.Server.Fail(new FakeFault("GET", "/labels/kfm%3Adeny", 404));

        await _hub.Client.PutLabelsAsync(41, "kfm:", [new GitHubLabel("kfm:deny", "b60205", "denied")]);

        Assert.Equal((41, "kfm:deny"), _hub.Server.State.Labelled.Single());
    }

    [Fact]
    public async Task Reviewers_are_asked_once_and_never_the_author()
    {
        _hub.Server.State.Collaborators.UnionWith(["ada", "grace", "kfm-bot", "acme/owners"]);
        var pull = await _hub.OpenAsync();
        _hub.Server.State.Review(41, "grace", "COMMENTED", Head);

        Assert.Empty(await _hub.Client.RequestReviewersAsync(pull, ["ada", "ADA", "grace", "KFM-bot", "acme/owners"]));
        Assert.Empty(await _hub.Client.RequestReviewersAsync(pull, ["ada", "acme/owners"]));

        Assert.Equal([(41, "ada"), (41, "acme/owners")], _hub.Server.State.Asked);
    }

    [Fact]
    public async Task One_reviewer_whom_nobody_knows_does_not_keep_the_others_away()
    {
        _hub.Server.State.Collaborators.Add("ada");
        var pull = await _hub.OpenAsync();

        Assert.Equal(["gone", "other/team"], await _hub.Client.RequestReviewersAsync(pull, ["gone", "ada", "other/team"]));
        Assert.Equal([(41, "ada")], _hub.Server.State.Asked);
    }

    [Fact]
    public async Task Status_is_written_when_it_is_another_than_the_newest()
    {
        Assert.True(await _hub.Client.SetStatusAsync(Head, "kfm/gate", GitHubStatusState.Pending, "waits"));
        Assert.False(await _hub.Client.SetStatusAsync(Head, "kfm/gate", GitHubStatusState.Pending, "waits"));
        Assert.True(await _hub.Client.SetStatusAsync(Head, "kfm/gate", GitHubStatusState.Failure, new string('x', 200)));
        Assert.True(await _hub.Client.SetStatusAsync(Head, "kfm/gate", GitHubStatusState.Pending, "waits"));

        Assert.Equal(["pending", "failure", "pending"], _hub.Server.State.Statuses.Select(s => (string)s.Status["state"]!));
        Assert.Equal(140, ((string)_hub.Server.State.Statuses[1].Status["description"]!).Length);
        Assert.Equal("kfm/gate", (string)_hub.Server.State.Statuses[0].Status["context"]!);
    }

    [Fact]
    public async Task Reviews_of_all_pages_are_listed()
    {
        _hub.Server.State.PageSize = 3;
        for (var i = 0; i < 10; i++)
        {
            _hub.Server.State.Review(41, "ada" + i, "APPROVED", Head);
        }

        var reviews = await _hub.Client.ListReviewsAsync(41);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => "ada" + i), reviews.Select(r => r.Login));
        Assert.Equal(("APPROVED", Head, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), (reviews[0].State, reviews[0].Commit, reviews[0].Submitted!.Value));
        Assert.Equal(4, _hub.Server.Requests.Count);
    }

    [Fact]
    public async Task Default_branch_is_told() => Assert.Equal("main", await _hub.Client.DefaultBranchAsync());

    public void Dispose() => _hub.Dispose();
}
