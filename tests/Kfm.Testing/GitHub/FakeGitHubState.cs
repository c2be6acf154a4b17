using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kfm.Testing.GitHub;

/// <summary>What the server holds of the repository <c>acme/widgets</c>, and how it answers.</summary>
/// <param name="address">The base address, for links to further pages.</param>
public sealed partial class FakeGitHubState(string address)
{
    private long _id = 1000;

    /// <summary>The login of the token; null for the token of an app, which has no user.</summary>
    public string? Login { get; set; } = "kfm-bot";

    /// <summary>How many items a page has at most.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Whether pull requests can be drafts.</summary>
    public bool HasDrafts { get; set; } = true;

    /// <summary>The pull requests.</summary>
    public List<JsonObject> PullRequests { get; } = [];

    /// <summary>The comments by number of the pull request.</summary>
    public List<(long Number, JsonObject Comment)> Comments { get; } = [];

    /// <summary>The labels of the repository.</summary>
    public List<JsonObject> Labels { get; } = [];

    /// <summary>The names of labels that pull requests have.</summary>
    public List<(long Number, string Name)> Labelled { get; } = [];

    /// <summary>The statuses, oldest first.</summary>
    public List<(string Commit, JsonObject Status)> Statuses { get; } = [];

    /// <summary>Who was asked for a review.</summary>
    public List<(long Number, string Reviewer)> Asked { get; } = [];

    /// <summary>Logins and teams that can be asked; others make a request fail.</summary>
    public HashSet<string> Collaborators { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The reviews, oldest first.</summary>
    public List<(long Number, JsonObject Review)> Reviews { get; } = [];

    /// <summary>Where a branch stands, for new pull requests.</summary>
    public Func<string, string> HeadOf { get; set; } = _ => new string('a', 40);

    /// <summary>Adds a review.</summary>
    /// <param name="number">The pull request.</param>
    /// <param name="login">Who wrote it.</param>
    /// <param name="state">Its state.</param>
    /// <param name="commit">The commit.</param>
    public void Review(long number, string login, string state, string commit) => Reviews.Add((number, new JsonObject
    {
        ["id"] = _id++,
        ["user"] = User(login),
        ["state"] = state,
        ["commit_id"] = commit,
        ["body"] = "text",
        ["submitted_at"] = "2026-01-02T03:04:05Z",
    }));

    /// <summary>A comment of somebody.</summary>
    /// <param name="number">The pull request.</param>
    /// <param name="login">Who wrote it.</param>
    /// <param name="body">The text.</param>
    public void Comment(long number, string login, string body) => Comments.Add((number, NewComment(login, body)));

    /// <summary>The newest status of a commit and context, or null.</summary>
    /// <param name="commit">The commit.</param>
    public JsonObject? StatusOf(string commit) => Statuses.LastOrDefault(s => s.Commit == commit).Status;

    internal (int Status, JsonNode? Json, string? Link) Answer(FakeRequest request)
    {
        var path = request.Path.Split('?')[0];
        if (path == "/user")
        {
            return Login is { } login ? (200, User(login), null) : (403, new JsonObject { ["message"] = "Resource not accessible by integration" }, null);
        }

        if (path == "/repos/acme/widgets")
        {
            return (200, new JsonObject { ["default_branch"] = "main", ["private"] = false }, null);
        }

        var match = Route().Match(path);
        var body = request.Body.Length == 0 ? null : JsonNode.Parse(request.Body);
        var number = match.Groups["number"].Success ? long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;
        var name = Uri.UnescapeDataString(match.Groups["name"].Value);
        return (request.Method, match.Groups["kind"].Value) switch
        {
            ("GET", "pulls") when number == 0 => Page(request, PullRequests.Where(p => Fits(p, request.Path))),
            ("POST", "pulls") when number == 0 => Open(body!),
            ("GET", "pulls") when name == "reviews" => Page(request, Reviews.Where(r => r.Number == number).Select(r => r.Review)),
            ("GET", "pulls") when name == "requested_reviewers" => (200, Reviewers(number), null),
            ("POST", "pulls") when name == "requested_reviewers" => Ask(number, body!),
            ("GET", "pulls") => One(Pull(number)),
            ("PATCH", "pulls") => Change(Pull(number), body!),
            ("GET", "issues") when name == "comments" => Page(request, Comments.Where(c => c.Number == number).Select(c => c.Comment)),
            ("POST", "issues") when name == "comments" => Add(number, body!),
            ("PATCH", "issues/comments") => Change(Comments.FirstOrDefault(c => (long)c.Comment["id"]! == number).Comment, body!),
            ("GET", "issues") when name == "labels" => Page(request, Labelled.Where(l => l.Number == number).Select(l => Labels.Find(o => (string)o["name"]! == l.Name)!)),
            ("POST", "issues") when name == "labels" => Label(number, body!),
            ("DELETE", "issues") => (Labelled.Remove((number, name["labels/".Length..])) ? 200 : 404, new JsonArray(), null),
            ("GET", "labels") => One(Labels.Find(l => string.Equals((string)l["name"]!, name, StringComparison.OrdinalIgnoreCase))),
            ("POST", "labels") => MakeLabel(body!.AsObject()),
            ("GET", "commits") => Page(request, Statuses.Where(s => s.Commit == name.Split('/')[0]).Select(s => s.Status).Reverse()),
            ("POST", "statuses") => SetStatus(name, body!.AsObject()),
            _ => Missing(),
        };
    }

    [GeneratedRegex("^/repos/acme/widgets/(?<kind>issues/comments|pulls|issues|labels|commits|statuses)(/(?<number>[0-9]{1,9})(?![0-9a-f]))?(/(?<name>.+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();

    private static (int Status, JsonNode? Json, string? Link) Missing() => (404, new JsonObject { ["message"] = "Not Found" }, null);

    private static (int Status, JsonNode? Json, string? Link) One(JsonObject? found) => found is null ? Missing() : (200, found.DeepClone(), null);

    private static (int Status, JsonNode? Json, string? Link) Invalid(string message) =>
        (422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(new JsonObject { ["message"] = message }) }, null);

    private static bool Fits(JsonObject pull, string path) =>
        Uri.UnescapeDataString(path).Contains("head=acme:" + (string)pull["head"]!["ref"]! + "&", StringComparison.Ordinal)
        && (!path.Contains("state=open", StringComparison.Ordinal) || (string)pull["state"]! == "open");

    private static JsonObject User(string login) => new() { ["login"] = login, ["id"] = 1, ["type"] = login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User" };

    private JsonObject? Pull(long number) => PullRequests.Find(p => (long)p["number"]! == number);

    private (int Status, JsonNode? Json, string? Link) Page(FakeRequest request, IEnumerable<JsonObject> items)
    {
        var all = items.ToArray();
        var page = PageNumber().Match(request.Path) is { Success: true } match ? int.Parse(match.Groups["page"].Value, CultureInfo.InvariantCulture) : 1;
        var shown = new JsonArray([.. all.Skip((page - 1) * PageSize).Take(PageSize).Select(i => i.DeepClone())]);
        var next = string.Create(CultureInfo.InvariantCulture, $"{address}{PageNumber().Replace(request.Path, "")}&page={page + 1}");
        return (200, shown, all.Length > page * PageSize ? $"<{address}/first>; rel=\"first\", <{next}>; rel=\"next\"" : null);
    }

    [GeneratedRegex("&page=(?<page>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageNumber();

    private (int Status, JsonNode? Json, string? Link) Open(JsonNode body)
    {
        var draft = (bool)body["draft"]!;
        if (draft && !HasDrafts)
        {
            return Invalid("Draft pull requests are not supported in this repository.");
        }

        if (PullRequests.Exists(p => (string)p["head"]!["ref"]! == (string)body["head"]! && (string)p["state"]! == "open"))
        {
            return Invalid("A pull request already exists for acme:" + (string)body["head"]! + ".");
        }

        var branch = (string)body["head"]!;
        var pull = new JsonObject
        {
            ["number"] = PullRequests.Count + 41L,
            ["state"] = "open",
            ["draft"] = draft,
            ["title"] = (string)body["title"]!,
            ["body"] = (string)body["body"]!,
            ["head"] = new JsonObject { ["ref"] = branch, ["sha"] = HeadOf(branch) },
            ["base"] = new JsonObject { ["ref"] = (string)body["base"]!, ["sha"] = new string('b', 40) },
            ["user"] = User(Login ?? "app[bot]"),
        };
        PullRequests.Add(pull);
        return (201, pull.DeepClone(), null);
    }

    private static (int Status, JsonNode? Json, string? Link) Change(JsonObject? target, JsonNode body)
    {
        if (target is null)
        {
            return Missing();
        }

        foreach (var (key, value) in body.AsObject())
        {
            target[key] = value?.DeepClone();
        }

        return (200, target.DeepClone(), null);
    }

    private (int Status, JsonNode? Json, string? Link) Add(long number, JsonNode body)
    {
        var comment = NewComment(Login ?? "app[bot]", (string)body["body"]!);
        Comments.Add((number, comment));
        return (201, comment.DeepClone(), null);
    }

    private JsonObject NewComment(string login, string body) => new() { ["id"] = _id++, ["body"] = body, ["user"] = User(login) };

    private (int Status, JsonNode? Json, string? Link) Label(long number, JsonNode body)
    {
        foreach (var label in body["labels"]!.AsArray())
        {
            Labelled.Add((number, (string)label!));
        }

        return (200, new JsonArray(), null);
    }

    private (int Status, JsonNode? Json, string? Link) MakeLabel(JsonObject body)
    {
        if (Labels.Exists(l => string.Equals((string)l["name"]!, (string)body["name"]!, StringComparison.OrdinalIgnoreCase)))
        {
            return (422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(new JsonObject { ["code"] = "already_exists", ["field"] = "name" }) }, null);
        }

        Labels.Add((JsonObject)body.DeepClone());
        return (201, body.DeepClone(), null);
    }

    private (int Status, JsonNode? Json, string? Link) SetStatus(string commit, JsonObject status)
    {
        Statuses.Add((commit, (JsonObject)status.DeepClone()));
        return (201, status.DeepClone(), null);
    }

    private JsonObject Reviewers(long number) => new()
    {
        ["users"] = new JsonArray([.. Asked.Where(a => a.Number == number && !a.Reviewer.Contains('/', StringComparison.Ordinal)).Select(a => User(a.Reviewer))]),
        ["teams"] = new JsonArray([.. Asked.Where(a => a.Number == number && a.Reviewer.Contains('/', StringComparison.Ordinal)).Select(a => new JsonObject { ["slug"] = a.Reviewer["acme/".Length..] })]),
    };

    private (int Status, JsonNode? Json, string? Link) Ask(long number, JsonNode body)
    {
        string[] asked = [.. body["reviewers"]!.AsArray().Select(r => (string)r!), .. body["team_reviewers"]!.AsArray().Select(r => "acme/" + (string)r!)];
        if (Array.Exists(asked, a => !Collaborators.Contains(a)))
        {
            return Invalid("Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the acme/widgets repository.");
        }

        Asked.AddRange(asked.Select(a => (number, a)));
        return (201, Pull(number)!.DeepClone(), null);
    }
}
