using System.Text.Json;
using Kfm.Provenance;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Autonomy;

/// <summary>Who may approve in which role, with which keys; read from the base commit or from the caller, never from a proposal.</summary>
/// <remarks>
/// <c>{ "formatVersion": 1, "githubReviews"?, "people": [ { "id", "name"?, "roles": […], "keys": [SPKI PEM], "github"?, "ssh"? } ] }</c>. Unknown members, unknown
/// roles, and an id, key or login that stands twice are refused. At most 1,000 people, 16 keys and 16 keys of SSH each. A key of SSH is a line of an allowed signers
/// file whose principals hold the id of its person.
/// </remarks>
public sealed class PeopleFile
{
    private const int MaximumPeople = 1000;
    private const int MaximumKeys = 16;
    private readonly Dictionary<string, Person> _byId;

    private PeopleFile(IReadOnlyList<Person> people)
    {
        People = people;
        _byId = people.ToDictionary(p => p.Id, StringComparer.Ordinal);
    }

    /// <summary>A file without people: nobody can approve.</summary>
    public static PeopleFile Empty { get; } = new([]);

    /// <summary>Whether reviews on GitHub count as approvals, by the word of the pipeline.</summary>
    /// <value>False unless the file says otherwise: such a review is not signed by the person.</value>
    public bool GitHubReviews { get; private init; }

    /// <summary>The people in the order of the file.</summary>
    public IReadOnlyList<Person> People { get; }

    /// <summary>The person with an id, or null.</summary>
    /// <param name="id">The pseudonymous id.</param>
    public Person? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Reads a people file.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="PeopleFormatException">The file breaks the format.</exception>
    public static PeopleFile Parse(ReadOnlySpan<byte> utf8)
    {
        using var document = Read(utf8);
        var root = document.RootElement;
        Members(root, "", ["formatVersion", "githubReviews", "people"]);
        if (!root.TryGetProperty("formatVersion", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
        {
            throw new PeopleFormatException("the format version must be 1", "/formatVersion");
        }

        var list = Array(root, "people", "");
        if (list.GetArrayLength() > MaximumPeople)
        {
            throw new PeopleFormatException($"more than {MaximumPeople} people", "/people");
        }

        var people = list.EnumerateArray().Select((item, i) => ReadPerson(item, $"/people/{i}")).ToArray();
        RefuseTwice(people.Select(p => p.Id), "the id");
        RefuseTwice(people.SelectMany(p => p.Keys.Concat(p.Ssh.Select(s => s.Key.Key))).Select(k => k.KeyId), "the key");
        RefuseTwice(people.Select(p => p.GitHub?.ToLowerInvariant()).OfType<string>(), "the login");
        return new PeopleFile(people) { GitHubReviews = root.TryGetProperty("githubReviews", out var reviews) && PeopleFields.Flag(reviews, "/githubReviews") };
    }

    private static JsonDocument Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            // Canonical form first: it refuses what two readers could read in two ways, such as a member that stands twice.
            return JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
        }
        catch (JsonFormatException e)
        {
            throw new PeopleFormatException(e.Message, e.Pointer, e);
        }
    }

    private static Person ReadPerson(JsonElement item, string pointer)
    {
        Members(item, pointer, ["id", "name", "roles", "keys", "github", "ssh"]);
        var id = Text(item, "id", pointer);
        if (!id.StartsWith("person:", StringComparison.Ordinal) || id.Length is <= 7 or > 200)
        {
            throw new PeopleFormatException("an id is person: and at most 193 characters", pointer + "/id");
        }

        var roles = Array(item, "roles", pointer).EnumerateArray().Select((r, i) => Role(r, $"{pointer}/roles/{i}")).ToArray();
        RefuseTwice(roles, "the role");
        var keys = Array(item, "keys", pointer);
        if (keys.GetArrayLength() > MaximumKeys)
        {
            throw new PeopleFormatException($"more than {MaximumKeys} keys", pointer + "/keys");
        }

        return new Person(
            id,
            item.TryGetProperty("name", out _) ? Text(item, "name", pointer) : null,
            roles,
            [.. keys.EnumerateArray().Select((k, i) => Key(k, $"{pointer}/keys/{i}"))])
        {
            GitHub = item.TryGetProperty("github", out var login) ? PeopleFields.Login(login, pointer + "/github") : null,
            Ssh = item.TryGetProperty("ssh", out var lines) ? PeopleFields.Signers(lines, id, pointer + "/ssh") : [],
        };
    }

    private static string Role(JsonElement role, string pointer) =>
        role.ValueKind == JsonValueKind.String && ApprovalRoles.Contains(role.GetString())
            ? role.GetString()!
            : throw new PeopleFormatException($"a role is one of {string.Join(", ", ApprovalRoles.All)}", pointer);

    private static VerificationKey Key(JsonElement key, string pointer)
    {
        if (key.ValueKind != JsonValueKind.String)
        {
            throw new PeopleFormatException("a key is a text, SubjectPublicKeyInfo in PEM", pointer);
        }

        try
        {
            return VerificationKey.FromPem(key.GetString()!);
        }
        catch (KfmException e)
        {
            throw new PeopleFormatException(e.Message, pointer, e);
        }
    }

    private static void Members(JsonElement value, string pointer, ReadOnlySpan<string> known)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new PeopleFormatException("an object is missing", pointer);
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw new PeopleFormatException($"the member '{member.Name}' is not known", pointer + "/" + member.Name);
            }
        }
    }

    private static string Text(JsonElement value, string name, string pointer) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new PeopleFormatException($"'{name}' must be a text", pointer + "/" + name);

    private static JsonElement Array(JsonElement value, string name, string pointer) =>
        value.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? array
            : throw new PeopleFormatException($"'{name}' must be an array", pointer + "/" + name);

    private static void RefuseTwice(IEnumerable<string> values, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (!seen.Add(value))
            {
                throw new PeopleFormatException($"{what} '{value}' stands twice; one key or id belongs to one person", "/people");
            }
        }
    }
}
