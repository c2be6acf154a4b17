using System.Text;
using Kfm.Gates.Packs;

namespace Kfm.Gates.CSharp.Tests;

public class EndpointTests
{
    // The program, and what is found: verb, route, U(nsaid), A(nonymous) or (a)uthenticated as +, demands.
    public static TheoryData<string, string[]> Mapped => new()
    {
        { "app.MapGet(\"/a\", () => 1);", ["GET /a U "] },
        { "app.MapPost(\"a/{id}\", Handle).RequireAuthorization();", ["POST /a/{id} + "] },
        { "app.MapPut(\"/a\", Handle).WithName(\"x\").RequireAuthorization(\"admin\", \"boss\");", ["PUT /a + admin,boss"] },
        { "app.MapDelete(\"/a\", Handle).AllowAnonymous();", ["DELETE /a A "] },
        { "app.MapGet(\"/a\", [Authorize(Roles = \"r1, r2\")] () => 1);", ["GET /a + r1,r2"] },
        { "app.MapGet(\"/a\", [Microsoft.AspNetCore.Authorization.AuthorizeAttribute(\"p\")] (int x) => 1);", ["GET /a + p"] },
        { "var g = app.MapGroup(\"/api\").RequireAuthorization(); g.MapGet(\"/a\", Handle); g.MapPatch(\"/b\", Handle).AllowAnonymous();", ["GET /api/a + ", "PATCH /api/b A "] },
        { "var g = app.MapGroup(\"/api\"); var h = g.MapGroup(\"v1\"); h.RequireAuthorization(\"p\"); h.MapGet(\"/a\", Handle); g.MapGet(\"/b\", Handle);", ["GET /api/b U ", "GET /api/v1/a + p"] },
        { "app.MapGroup(\"/api\").RequireAuthorization().MapGet(\"/a\", Handle);", ["GET /api/a + "] },
        { "var e = app.MapGet(\"/a\", Handle); e.RequireAuthorization();", ["GET /a + "] },
        { "g.MapGet(\"/a\", Handle).RequireAuthorization(); g.MapGet(\"/b\", Handle);", ["GET /a + ", "GET /b U "] },
        { "app.MapGet(route, Handle);", ["GET ? U "] },
        { "app.MapMethods(\"/a\", verbs, Handle); app.MapFallback(Handle); app.MapHub<Chat>(\"/chat\");", ["ANY /a U ", "ANY /chat U ", "ANY ? U "] },
        { "var dto = mapper.Map(source, target); list.MapGet(1);", [] },
        { "app.Map(\"/a\", Handle);", ["ANY /a U "] },
    };

    [Theory]
    [MemberData(nameof(Mapped))]
    public void Mapped_routes_are_found_with_their_access(string program, string[] expected) => Assert.Equal(expected, Endpoints(program));

    public static TheoryData<string, string[]> Controllers => new()
    {
        { "[ApiController, Route(\"api/[controller]\")] class Users { [HttpGet] public int All() => 1; [HttpPost(\"{id}\")] public int One() => 1; int Hidden() => 1; public static int No() => 1; }", ["GET /api/Users U ", "POST /api/Users/{id} U "] },
        { "[Authorize(Roles=\"r\")] class UsersController : ControllerBase { [HttpGet(\"/all\")] public int All() => 1; [AllowAnonymous, HttpGet(\"/open\")] public int Open() => 1; }", ["GET /all + r", "GET /open A r"] },
        { "class HomeController : Controller { public int Index() => 1; [NonAction] public int Not() => 1; [Authorize] public int Mine() => 1; }", ["ANY /Home/Index U ", "ANY /Home/Mine + "] },
        { "[Route(\"x/[action]\")] class AController { [AcceptVerbs(\"get\", \"put\")] public int Go() => 1; }", ["GET /x/Go U ", "PUT /x/Go U "] },
        { "class AController { [Route(\"r\"), HttpGet] public int Go() => 1; }", ["GET /r U "] },
        { "[NonController] class AController { public int Go() => 1; } static class BController { public static int Go() => 1; } class Service { public int Go() => 1; }", [] },
    };

    [Theory]
    [MemberData(nameof(Controllers))]
    public void Actions_of_controllers_are_found_with_their_access(string type, string[] expected) => Assert.Equal(expected, Endpoints(type));

    public static TheoryData<string, string, string?> Rules => new()
    {
        { "", "app.MapGet(\"/a\", H);", "GET /a (a.cs:1): demands no authentication" },
        { "", "app.MapGet(\"/a\", H).AllowAnonymous();", "GET /a (a.cs:1): allows anyone, and the pack does not list it" },
        { "", "app.MapGet(\"/a\", H).RequireAuthorization();", null },
        { "anonymous: [GET /a]", "app.MapGet(\"/a\", H).AllowAnonymous();", null },
        { "anonymous: [GET /health*]", "app.MapGet(\"/health/live\", H);", null },
        { "anonymous: [GET /a]", "app.MapPost(\"/a\", H);", "POST /a (a.cs:1): demands no authentication" },
        { "roles: [{ routes: [\"* /admin/*\"], anyOf: [admin] }]", "app.MapPost(\"/admin/x\", H).RequireAuthorization();", "POST /admin/x (a.cs:1): demands none of admin" },
        { "roles: [{ routes: [\"* /admin/*\"], anyOf: [admin] }]", "app.MapPost(\"/admin/x\", H).RequireAuthorization(\"admin\");", null },
        { "roles: [{ routes: [\"* /admin/*\"], anyOf: [admin] }]", "app.MapPost(\"/admin/x\", H).RequireAuthorization(\"admin\").AllowAnonymous();", "POST /admin/x (a.cs:1): demands none of admin" },
        { "roles: [{ routes: [\"* /admin/*\"], anyOf: [admin, root] }], anonymous: [\"*\"]", "app.MapGet(\"/admin/x\", H);", "GET /admin/x (a.cs:1): demands none of admin, root" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Endpoint_is_held_against_the_pack(string rule, string program, string? expected)
    {
        var pack = PolicyPacks.Read(new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["security-policy-pack.yml"] = Encoding.UTF8.GetBytes($"formatVersion: 1\npack: security\nrules:\n  endpoints: {{ {rule} }}\n"),
        });
        var endpoint = Assert.Single(CSharpFile.Parse("a.cs", Encoding.UTF8.GetBytes(program)).Endpoints);
        Assert.Equal(expected, new EndpointRules(pack["security"]).Lack(endpoint));
    }

    private static IEnumerable<string> Endpoints(string source) => CSharpFile.Parse("a.cs", Encoding.UTF8.GetBytes(source)).Endpoints
        .Select(e => $"{e.Name} {e.Access switch { EndpointAccess.Anonymous => "A", EndpointAccess.Authenticated => "+", _ => "U" }} {e.Demands}");
}
