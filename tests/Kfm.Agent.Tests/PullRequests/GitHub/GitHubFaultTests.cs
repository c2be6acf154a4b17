using Kfm.Agent.PullRequests.GitHub;
using Kfm.Testing.GitHub;

namespace Kfm.Agent.Tests.PullRequests.GitHub;

/// <summary>What becomes of requests that GitHub, or what stands before it, does not grant.</summary>
public sealed class GitHubFaultTests
{
    private static Dictionary<string, string> Headers(string name, string value, string? other = null, string? otherValue = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value };
        if (other is not null)
        {
            headers[other] = otherValue!;
        }

        return headers;
    }

    public static TheoryData<int, string, string, string, int[]> Limits => new()
    {
        { 429, "retry-after", "7", "", [7] },
        { 403, "retry-after", "1", "", [1] },
        { 403, "x-ratelimit-remaining", "0", "1767225690", [91] },
        { 403, "x-ratelimit-remaining", "0", "1767225000", [1] },
        { 429, "x-other", "1", "", [60] },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Limit_is_waited_for_as_the_answer_says(int status, string header, string value, string reset, int[] seconds)
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", status) { Headers = Headers(header, value, reset.Length > 0 ? "x-ratelimit-reset" : null, reset) });

        Assert.Equal("main", await hub.Client.DefaultBranchAsync());
        Assert.Equal(seconds.Select(s => TimeSpan.FromSeconds(s)), hub.Time.Waits);
    }

    [Fact]
    public async Task Secondary_limit_without_a_time_is_waited_for_ever_longer_and_then_told()
    {
        using var hub = new GitHubFixture(o => o with { Attempts = 4 });
        hub.Server.Fail(new FakeFault(null, "", 403) { Times = 9, Body = """{"message":"You have exceeded a secondary rate limit."}""" });

        var e = await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync());
        Assert.Contains("rate limit is exceeded until", e.Message, StringComparison.Ordinal);
        Assert.Equal([60, 120, 240], hub.Time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Limit_that_lasts_longer_than_the_bound_is_told_at_once()
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", 403) { Times = 9, Headers = Headers("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1767229200") });

        var e = await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync());
        Assert.Contains("2026-01-01T01:00:01Z", e.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Time.Waits);
    }

    [Fact]
    public async Task Limit_is_waited_for_before_a_change_too()
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault("POST", "/pulls", 429) { Headers = Headers("retry-after", "3") });

        Assert.Equal(41, (await hub.OpenAsync()).Number);
        Assert.Equal([TimeSpan.FromSeconds(3)], hub.Time.Waits);
    }

    [Fact]
    public async Task Refusal_is_no_limit()
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", 403) { Headers = Headers("x-ratelimit-remaining", "4999"), Body = """{"message":"Resource not accessible"}""" });

        var e = await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync());
        Assert.Equal(403, e.Status);
        Assert.Contains("permissions", e.Message, StringComparison.Ordinal);
        Assert.Single(hub.Server.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task Failure_in_passing_is_tried_again_with_waits_that_double(int status)
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", status) { Times = 4 });

        Assert.Equal("main", await hub.Client.DefaultBranchAsync());
        Assert.Equal([1, 2, 4, 8], hub.Time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Failure_that_does_not_pass_is_told()
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", 503) { Times = 99 });

        Assert.Equal(503, (await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync())).Status);
        Assert.Equal(5, hub.Server.Requests.Count);
    }

    [Fact]
    public async Task Draft_that_never_comes_is_looked_for_before_each_attempt()
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault("POST", "/pulls", 500) { Times = 99 });

        await Assert.ThrowsAsync<GitHubException>(() => hub.OpenAsync());
        Assert.Equal(Enumerable.Repeat(new[] { "GET", "POST" }, 5).SelectMany(m => m), hub.Server.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"default_branch\":null}")]
    [InlineData("{\"default_branch\":7}")]
    [InlineData("{\"default_branch\":\"main\"")]
    [InlineData("")]
    public async Task Answer_of_another_form_is_refused(string body)
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", 200) { Body = body });

        var e = await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync());
        Assert.Equal("GET /repos/acme/widgets", e.Request);
    }

    [Theory]
    [InlineData("\"sha\":\"HEAD\"")]
    [InlineData("\"sha\":null")]
    [InlineData("\"other\":1")]
    public async Task Pull_request_without_a_commit_is_refused(string member)
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault(null, "", 200) { Body = $$"""{"number":5,"state":"open","draft":true,"head":{"ref":"x",{{member}} } }""" });

        await Assert.ThrowsAsync<GitHubException>(() => hub.Client.GetPullRequestAsync(5));
    }

    [Fact]
    public async Task Answer_that_is_too_large_is_refused()
    {
        using var hub = new GitHubFixture(o => o with { MaxResponseBytes = 1000 });
        hub.Server.Fail(new FakeFault(null, "", 200) { Body = "{\"default_branch\":\"" + new string('x', 5000) + "\"}" });

        Assert.Contains("more than 1000 bytes", (await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_does_not_end_is_given_up()
    {
        using var hub = new GitHubFixture(o => o with { RequestTimeout = TimeSpan.FromMilliseconds(300), Attempts = 2 });
        hub.Server.Fail(new FakeFault(null, "", 200) { Times = 9, Hangs = true, Body = "{" });

        Assert.Contains("no whole answer", (await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync())).Message, StringComparison.Ordinal);
        Assert.Single(hub.Time.Waits);
    }

    [Fact]
    public async Task Caller_stops_a_request()
    {
        using var hub = new GitHubFixture();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Client.DefaultBranchAsync(stop.Token));
    }

    [Fact]
    public async Task List_without_an_end_is_given_up()
    {
        using var hub = new GitHubFixture(o => o with { MaxPages = 3 });
        hub.Server.State.PageSize = 1;
        for (var i = 0; i < 5; i++)
        {
            hub.Server.State.Review(41, "ada", "COMMENTED", new string('a', 40));
        }

        Assert.Contains("more than 3 pages", (await Assert.ThrowsAsync<GitHubException>(() => hub.Client.ListReviewsAsync(41))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_does_not_follow_a_page_or_a_redirect_to_another_host()
    {
        using var hub = new GitHubFixture();
        using var other = new FakeGitHub();
        hub.Server.Fail(new FakeFault("GET", "/reviews", 200) { Body = "[]", Headers = Headers("Link", $"<{other.Address}page>; rel=\"next\"") });
        await Assert.ThrowsAsync<GitHubException>(() => hub.Client.ListReviewsAsync(41));
        foreach (var status in new[] { 301, 302, 307, 308 })
        {
            hub.Server.Fail(new FakeFault("GET", "/widgets", status) { Headers = Headers("Location", $"{other.Address}repos/acme/widgets") });
            Assert.Contains("leads elsewhere", (await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync())).Message, StringComparison.Ordinal);
        }

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Redirect_on_the_same_host_is_followed_and_a_ring_is_not()
    {
        using var hub = new GitHubFixture();
        hub.Server.Fail(new FakeFault("GET", "/widgets", 301) { Headers = Headers("Location", "/repos/acme/widgets") });
        Assert.Equal("main", await hub.Client.DefaultBranchAsync());

        hub.Server.Fail(new FakeFault("GET", "/widgets", 301) { Times = 99, Headers = Headers("Location", "/repos/acme/widgets") });
        await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync());
    }

    [Theory]
    [InlineData("http://api.github.example")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://user:pw@api.github.com")]
    [InlineData("https://api.github.com/?x=1")]
    [InlineData("/relative")]
    public void Base_address_to_which_a_token_may_not_go_is_refused(string address)
    {
        var options = new GitHubOptions(GitHubRepository.Parse("a/b"), GitHubToken.Parse("12345678"), TimeProvider.System) { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute) };
        Assert.Throws<GitHubException>(() => new HttpGitHubClient(options));
    }

    [Fact]
    public async Task Token_stands_in_no_exception_even_where_the_server_gives_it_back()
    {
        using var hub = new GitHubFixture(o => o with { Attempts = 1 });
        foreach (var status in new[] { 400, 401, 403, 404, 422, 500 })
        {
            hub.Server.Fail(new FakeFault(null, "", status) { Body = $$"""{"message":"you sent {{hub.Server.Token}}","errors":[{"message":"{{hub.Server.Token}}"}]}""" });
            var e = await Assert.ThrowsAsync<GitHubException>(() => hub.Client.DefaultBranchAsync());
            Assert.DoesNotContain(hub.Server.Token, e.ToString(), StringComparison.Ordinal);
            Assert.Equal(status, e.Status);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("has space inside")]
    [InlineData("line\nbreak-in-it")]
    [InlineData("ümlaut-in-a-token")]
    public void Text_that_is_no_token_is_refused_without_being_quoted(string text)
    {
        var e = Assert.Throws<GitHubException>(() => GitHubToken.Parse(text));
        Assert.True(text.Length == 0 || !e.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Token_and_options_do_not_print_it()
    {
        var token = GitHubToken.Parse(" secret-secret ");
        var options = new GitHubOptions(GitHubRepository.Parse("a/b"), token, TimeProvider.System);
        Assert.DoesNotContain("secret", options.ToString() + token, StringComparison.Ordinal);
        Assert.Equal("x [token] [token]", token.Redact("x secret-secret " + Convert.ToBase64String("x-access-token:secret-secret"u8)));
    }

    [Theory]
    [InlineData("acme/widgets", "https://github.com/acme/widgets.git", true)]
    [InlineData("acme/widgets", "https://github.com/Acme/Widgets", true)]
    [InlineData("acme/widgets", "ssh://git@github.com/acme/widgets.git", true)]
    [InlineData("acme/widgets", "https://ghe.example/api/acme/widgets/", true)]
    [InlineData("acme/widgets", "urn:kfm:git:0123", true)]
    [InlineData("acme/widgets", "https://github.com/acme/gadgets", false)]
    [InlineData("acme/widgets", "https://github.com/xacme/widgets", false)]
    public void Repository_is_compared_with_the_address_of_the_record(string name, string uri, bool may) =>
        Assert.Equal(may, GitHubRepository.Parse(name).MayBe(uri));

    [Theory]
    [InlineData("acme")]
    [InlineData("acme/")]
    [InlineData("/widgets")]
    [InlineData("acme/widgets/x")]
    [InlineData("acme/..")]
    [InlineData("acme/wid gets")]
    [InlineData("acme/wid?gets")]
    public void Name_of_another_form_is_refused(string text) => Assert.Throws<GitHubException>(() => GitHubRepository.Parse(text));
}
