using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Autonomy;

/// <summary>What the pipeline signs about a review on GitHub: an in-toto Statement v1 whose subject is decision.json.</summary>
/// <remarks>The person has signed nothing. The pipeline says what GitHub said, and such an approval counts only where the people file lets it.</remarks>
/// <param name="Approval">The approval that the review stands for; its time is that of the review.</param>
/// <param name="Repository">OWNER/REPO.</param>
/// <param name="PullRequest">The number of the pull request.</param>
/// <param name="Review">The id of the review.</param>
/// <param name="Login">Who wrote it.</param>
public sealed record ReviewStatement(ApprovalStatement Approval, string Repository, long PullRequest, long Review, string Login)
{
    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://kfm.dev/predicates/github-review/v1";

    /// <summary>What the name of such a file ends in; it holds a DSSE envelope.</summary>
    public const string Extension = ".github.json";

    /// <summary>The state of a review that approves.</summary>
    public const string Approved = "APPROVED";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The statement as RFC 8785 canonical JSON in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        var statement = new JsonObject
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new JsonArray(new JsonObject { ["name"] = "decision.json", ["digest"] = new JsonObject { ["sha256"] = Approval.Decision.Hex } }),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["formatVersion"] = 1,
                ["person"] = Approval.Person,
                ["role"] = Approval.Role,
                ["repository"] = Repository,
                ["pullRequest"] = PullRequest,
                ["review"] = new JsonObject
                {
                    ["id"] = Review,
                    ["login"] = Login,
                    ["state"] = Approved,
                    ["commit"] = Approval.Head,
                    ["submitted"] = Approval.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
                },
            },
        };
        return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(statement.ToJsonString()));
    }

    /// <summary>Reads a statement; only the exact bytes that <see cref="ToUtf8"/> writes are accepted.</summary>
    /// <param name="utf8">The payload of the envelope.</param>
    /// <exception cref="ApprovalFormatException">The payload is something else.</exception>
    public static ReviewStatement Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            var statement = Read(document.RootElement);
            return statement.ToUtf8().AsSpan().SequenceEqual(utf8)
                ? statement
                : throw new ApprovalFormatException("the payload is not in the one form that a review has", "");
        }
        catch (JsonFormatException e)
        {
            throw new ApprovalFormatException(e.Message, e.Pointer, e);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new ApprovalFormatException("a member is missing or of another kind", "", e);
        }
    }

    private static ReviewStatement Read(JsonElement root)
    {
        var (predicate, digest) = (root.GetProperty("predicate"), root.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString());
        var review = predicate.GetProperty("review");
        var role = predicate.GetProperty("role").GetString();
        var submitted = review.GetProperty("submitted").GetString();
        return new ReviewStatement(
            new ApprovalStatement(
                Digest.TryParse(digest, out var decision) ? decision : throw new ApprovalFormatException("not a SHA-256 digest", "/subject/0/digest/sha256"),
                review.GetProperty("commit").GetString() ?? "",
                ApprovalRoles.Contains(role) ? role! : throw new ApprovalFormatException($"'{role}' is not a role", "/predicate/role"),
                predicate.GetProperty("person").GetString() ?? "",
                DateTimeOffset.TryParseExact(submitted, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                    ? time
                    : throw new ApprovalFormatException("a time is written as 2026-01-31T12:00:00.000Z", "/predicate/review/submitted")),
            predicate.GetProperty("repository").GetString() ?? "",
            predicate.GetProperty("pullRequest").GetInt64(),
            review.GetProperty("id").GetInt64(),
            review.GetProperty("login").GetString() ?? "");
    }
}
