using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;

namespace Kfm.Agent.Tests.Autonomy;

public sealed class PeopleFileTests : IDisposable
{
    private readonly ApprovalFixture _people = new();

    public void Dispose() => _people.Dispose();

    [Fact]
    public void File_gives_people_roles_and_keys()
    {
        var both = _people.People.Find("person:both")!;

        Assert.Equal(["manager", "security"], both.Roles);
        Assert.Equal(_people.Key("person:both").PublicKey, Assert.Single(both.Keys));
        Assert.Null(_people.People.Find("person:Both"));
    }

    [Theory]
    [InlineData("id", "\"ai:replay\"", "/people/0/id")]
    [InlineData("id", "\"person:\"", "/people/0/id")]
    [InlineData("id", "\"person:manager\"", "/people")]
    [InlineData("id", "7", "/people/0/id")]
    [InlineData("roles", "[\"boss\"]", "/people/0/roles/0")]
    [InlineData("roles", "[\"Manager\"]", "/people/0/roles/0")]
    [InlineData("roles", "[\"manager\",\"manager\"]", "/people")]
    [InlineData("roles", "null", "/people/0/roles")]
    [InlineData("keys", "[\"\"]", "/people/0/keys/0")]
    [InlineData("keys", "[null]", "/people/0/keys/0")]
    [InlineData("keys", "{}", "/people/0/keys")]
    [InlineData("name", "[]", "/people/0/name")]
    [InlineData("email", "\"x\"", "/people/0/email")]
    [InlineData("github", "\"\"", "/people/0/github")]
    [InlineData("github", "\"@ada\"", "/people/0/github")]
    [InlineData("github", "\"ada lovelace\"", "/people/0/github")]
    [InlineData("github", "null", "/people/0/github")]
    [InlineData("ssh", "\"line\"", "/people/0/ssh")]
    [InlineData("ssh", "[null]", "/people/0/ssh/0")]
    [InlineData("ssh", "[\"# comment\"]", "/people/0/ssh/0")]
    [InlineData("ssh", "[\"person:security ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao\"]", "/people/0/ssh/0")]
    [InlineData("ssh", "[\"person:both cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao\"]", "/people/0/ssh/0")]
    [InlineData("ssh", "[\"person:both ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao\",\"person:both namespaces=\\\"x\\\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao\"]", "/people")]
    public void Person_of_another_form_is_refused_at_its_place(string member, string value, string pointer)
    {
        var root = _people.Json();
        root["people"]![0]![member] = JsonNode.Parse(value);

        Assert.Equal(pointer, Assert.Throws<PeopleFormatException>(() => Parse(root.ToJsonString())).Pointer);
    }

    [Fact]
    public void Key_that_belongs_to_two_people_is_refused()
    {
        var root = _people.Json();
        root["people"]![0]!["keys"] = root["people"]![1]!["keys"]!.DeepClone();

        Assert.Contains("stands twice", Assert.Throws<PeopleFormatException>(() => Parse(root.ToJsonString())).Message);
    }

    [Fact]
    public void Login_that_belongs_to_two_people_is_refused_in_any_case()
    {
        var root = _people.Json();
        root["people"]![0]!["github"] = "Ada";
        root["people"]![1]!["github"] = "ada";

        Assert.Contains("stands twice", Assert.Throws<PeopleFormatException>(() => Parse(root.ToJsonString())).Message);
    }

    [Fact]
    public void File_gives_logins_keys_of_SSH_and_whether_reviews_count()
    {
        var root = _people.Json();
        Assert.False(Parse(root.ToJsonString()).GitHubReviews);
        root["githubReviews"] = true;
        root["people"]![0]!["github"] = "ada";
        root["people"]![0]!["ssh"] = new JsonArray("person:* valid-before=\"20300101Z\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao at home");

        var people = Parse(root.ToJsonString());
        Assert.True(people.GitHubReviews);
        Assert.Equal("ada", people.People[0].GitHub);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(people.People[0].Ssh).ValidBefore);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"formatVersion\":2,\"people\":[]}")]
    [InlineData("{\"formatVersion\":1,\"people\":[],\"people\":[]}")]
    [InlineData("{\"formatVersion\":1,\"people\":{}}")]
    [InlineData("{\"formatVersion\":1,\"people\":[1]}")]
    [InlineData("{\"formatVersion\":1,\"people\":[]} x")]
    public void File_of_another_form_is_refused(string text) => Assert.Throws<PeopleFormatException>(() => Parse(text));

    private static PeopleFile Parse(string text) => PeopleFile.Parse(Encoding.UTF8.GetBytes(text));
}
