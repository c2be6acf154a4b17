namespace Kfm.Agent.Intents;

/// <summary>What an intent asks for.</summary>
public enum IntentKind
{
    /// <summary>Documentation.</summary>
    Docs,

    /// <summary>Configuration.</summary>
    Config,

    /// <summary>New behaviour.</summary>
    Feature,

    /// <summary>A change of an interface that others use.</summary>
    Api,

    /// <summary>The repair of a fault.</summary>
    Fix,

    /// <summary>A change of stored data or its schema.</summary>
    Migration,

    /// <summary>Authentication, authorisation or credentials.</summary>
    Auth,

    /// <summary>A change of structure across components.</summary>
    Architecture,

    /// <summary>Law, licences, personal data or policies.</summary>
    Compliance,
}
