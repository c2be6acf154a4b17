namespace Kfm.Gates.CSharp;

/// <summary>Who may call an endpoint, as far as its file says.</summary>
public enum EndpointAccess
{
    /// <summary>The file says nothing.</summary>
    Unsaid,

    /// <summary>Anyone: <c>AllowAnonymous</c>, which wins over everything else.</summary>
    Anonymous,

    /// <summary>Who is authenticated: <c>Authorize</c> or <c>RequireAuthorization</c>.</summary>
    Authenticated,
}
