// The logins that `palier demo` makes; outside demo data the server refuses them.

export const demoPassword = 'palier-demo';

export const demoLogins = ['dispatcher', 'technician', 'manager', 'experience', 'auditor', 'admin'].map(
  (role) => ({ role, email: `${role}@demo.palier` }),
);
