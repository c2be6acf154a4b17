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
