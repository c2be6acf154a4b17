namespace Kfm.Gates.CSharp;

/// <summary>An HTTP endpoint of ASP.NET Core: an action of a controller, or a call of <c>MapGet</c> and its like.</summary>
/// <param name="Name">The verb and the route, for example <c>GET /users/{id}</c>; <c>ANY</c> where no verb is named, <c>?</c> for a route that is no literal.</param>
/// <param name="Path">The path of the file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Access">Who may call it, as far as the file says.</param>
/// <param name="Demands">The roles and policies that it demands, sorted, separated by commas; empty for none.</param>
public sealed record HttpEndpoint(string Name, string Path, int Line, EndpointAccess Access, string Demands)
{
    /// <summary>The endpoint and its place.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} ({Path}:{Line})");
}
