// Compares a path with the catalog now; what changed goes to the front of the queue.
import { send } from './api.js';

export const backUp = (path) => send('POST', 'backups', { path });
