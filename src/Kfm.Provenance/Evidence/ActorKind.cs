namespace Kfm.Provenance.Evidence;

/// <summary>Who or what acted.</summary>
public enum ActorKind
{
    /// <summary>A model.</summary>
    Ai,

    /// <summary>A person, by a pseudonymous id.</summary>
    Human,

    /// <summary>A program.</summary>
    Software,
}
